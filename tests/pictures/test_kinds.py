"""What is said of a published picture goes the way of all public content."""

import uuid

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError

from learningcity.audit.models import Entry
from learningcity.moderation.actions import approve, begin, restore, save_draft, submit
from learningcity.moderation.models import Proposal, Revision
from learningcity.pictures.actions import propose_words, publish_picture, withdraw_picture
from learningcity.pictures.enums import Reason
from learningcity.pictures.forms import PictureForm
from learningcity.pictures.models import Picture
from learningcity.pictures.queries import WORDS, words_of
from tests.factories.cities import make_city, make_role
from tests.factories.moderation import make_officer
from tests.factories.pictures import make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]


@pytest.fixture
def published():
    return publish_picture(make_picture(place="khon-kaen"))


@pytest.fixture
def waiting(published, officer):
    """Another description of a published picture, handed in."""
    return proposed(published, officer, alt_en="A park", caption_en="By the lake")


def proposed(picture, by, **words):
    picture = Picture.objects.get(pk=picture.pk)
    for name, word in words.items():
        setattr(picture, name, word)
    return propose_words(picture, by=by)


def test_words_of_a_published_picture_change_when_somebody_else_approves(waiting, published, officer, approver):
    published.refresh_from_db()
    before = published.alt_en

    approve(waiting, by=approver)

    published.refresh_from_db()
    assert (before, published.alt_en, published.caption_en) == ("A library", "A park", "By the lake")
    steps = Entry.objects.filter(action="move").order_by("pk").values_list("after", "actor")
    assert list(steps) == [("submitted", officer.pk), ("published", approver.pk)]


def test_history_keeps_what_was_said_before_and_can_bring_it_back(waiting, published, officer, approver):
    approve(waiting, by=approver)

    kept = Revision.objects.filter(kind="picture", key=str(published.pk)).order_by("number")
    assert [row.values["alt_en"] for row in kept] == ["A library", "A park"]
    back = submit(restore(kept[0], by=officer), by=officer)
    approve(back, by=approver)
    published.refresh_from_db()
    assert (published.alt_en, published.caption_en) == ("A library", "")


def test_words_are_not_approved_by_whoever_proposed_them(published, approver):
    proposal = proposed(published, approver, alt_en="A park")

    with pytest.raises(PermissionDenied):
        approve(proposal, by=approver)

    published.refresh_from_db()
    assert published.alt_en == "A library"


def test_propose_words_by_a_stranger_is_refused(published, neighbor, stranger):
    for somebody in (neighbor, stranger):
        with pytest.raises(PermissionDenied):
            propose_words(published, by=somebody)

    assert Proposal.objects.count() == 0


def test_words_are_not_approved_by_a_stranger(waiting, neighbor, stranger, city):
    for somebody in (neighbor, stranger, make_officer(city)):
        with pytest.raises(PermissionDenied):
            approve(waiting, by=somebody)


def test_words_of_the_network_are_proposed_and_approved_by_the_secretariat_alone(approver):
    one, other = (make_role(kind="secretariat", city=None).user for _ in range(2))
    picture = publish_picture(make_picture(place=""))

    with pytest.raises(PermissionDenied):
        proposed(picture, approver, alt_en="A park")
    approve(proposed(picture, one, alt_en="A park"), by=other)

    picture.refresh_from_db()
    assert picture.alt_en == "A park"


def test_propose_words_twice_says_that_a_change_waits(waiting, published, officer):
    with pytest.raises(ValidationError, match="waiting"):
        proposed(published, officer, alt_en="A lake")


def test_propose_words_that_are_not_enough_is_refused_at_the_field_and_leaves_no_draft(published, officer):
    with pytest.raises(ValidationError) as refusal:
        proposed(published, officer, consent="given")

    assert sorted(refusal.value.message_dict) == ["consent_keeper", "consent_on"]
    assert Proposal.objects.count() == 0


def test_propose_words_over_what_was_published_meanwhile_is_refused(published, officer, approver, city):
    draft = begin(("picture", "", str(published.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"alt_en": "A lake"}, 0, by=officer)
    approve(proposed(published, make_officer(city), alt_en="A park"), by=approver)

    with pytest.raises(ValidationError, match="meanwhile"):
        proposed(published, officer, alt_en="A river")


def test_words_of_what_is_not_published_are_no_public_content(officer):
    picture = make_picture(place="khon-kaen")

    with pytest.raises(ObjectDoesNotExist):
        begin(("picture", "", str(picture.pk)), uuid.uuid4(), by=officer)
    with pytest.raises(ValidationError, match="not published"):
        propose_words(picture, by=officer)


def test_withdrawn_picture_takes_its_words_out_of_the_history(waiting, published, officer, approver):
    approve(waiting, by=approver)
    open_one = proposed(published, officer, caption_en="Somebody by the lake")

    withdraw_picture(published, Reason.CONSENT, by=officer)

    rows = str([*Revision.objects.values_list("title", "values"), *Proposal.objects.values_list("base", "values")])
    assert [word for word in ("library", "park", "lake", "ห้องสมุด", "Sample Author") if word in rows] == []
    entry = Entry.objects.get(action="moderation.erase_names")
    assert (entry.actor, entry.detail["why"], entry.detail["revisions"]) == (officer, "withdrawn", [1, 2])
    with pytest.raises(ValidationError):
        approve(open_one, by=approver)
    with pytest.raises(ValidationError, match="erased"):
        restore(Revision.objects.get(number=1), by=officer)


def test_form_takes_back_what_it_shows():
    make_city(slug="chiang-mai")
    picture = publish_picture(
        make_picture(place="chiang-mai", consent="given", consent_keeper="ตู้ 3", consent_on="2024-09-17")
    )
    picture.refresh_from_db()

    form = PictureForm(words_of(picture), place="chiang-mai", record=picture)

    assert form.errors == {}
    assert {name: form.cleaned_data[name] for name in WORDS} == {name: getattr(picture, name) for name in WORDS}
