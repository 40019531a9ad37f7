import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.common import quotas
from learningcity.pictures import tasks
from learningcity.pictures.actions import (
    add_picture,
    change_words,
    publish_picture,
    publish_pictures_in,
    try_again,
    withdraw_picture,
)
from learningcity.pictures.enums import Reason
from learningcity.pictures.models import Picture, Rendition
from tests.factories.cities import make_role
from tests.factories.moderation import LATER, make_proposal
from tests.factories.pictures import file_of, make_picture, make_ready_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]


def new_picture(content=None, **changes):
    return Picture(
        **{
            "place": "khon-kaen",
            "original": ContentFile(content or file_of(), "a photo of mine.jpg"),
            "alt_th": "ห้องสมุด",
            "author": "Sample Author",
            "license": "own",
            "consent": "nobody",
            **changes,
        }
    )


def refused(picture, by):
    with pytest.raises(ValidationError) as refusal:
        add_picture(picture, by=by)
    return refusal.value.message_dict


def entries():
    return list(Entry.objects.order_by("pk").values_list("action", "before", "after"))


def test_add_picture_takes_it_in_and_asks_for_its_sizes(officer):
    picture = add_picture(new_picture(), by=officer)

    assert (picture.kind, picture.width, picture.height, picture.state) == ("JPEG", 640, 400, "making")
    assert (picture.is_public, picture.uploaded_by) == (False, officer)
    assert entries() == [("pictures.add_picture", "", "")]
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"picture_id": picture.pk}]


def test_add_picture_keeps_the_original_under_a_name_that_says_nothing(officer):
    picture = add_picture(new_picture(), by=officer)

    assert "mine" not in picture.original.name
    assert "." not in picture.original.name


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"<svg onload='alert(1)'/>", file_of()[:200]])
def test_add_picture_of_what_is_none_says_so_at_the_file(officer, content):
    assert list(refused(new_picture(content), officer)) == ["original"]
    assert Picture.objects.count() == 0


def test_add_picture_twice_says_that_it_is_there(officer):
    content = file_of()
    add_picture(new_picture(content), by=officer)

    said = refused(new_picture(content), officer)

    assert said == {"original": ["This picture is already among the pictures of this place."]}


def test_add_picture_by_two_clicks_at_once_says_so_to_the_second_and_leaves_no_file(officer, monkeypatch):
    content = file_of()
    first = add_picture(new_picture(content), by=officer)
    # As it looks to the second one while the first is still at it.
    monkeypatch.setattr("learningcity.pictures.actions.pictures_of", lambda place: Picture.objects.none())
    monkeypatch.setattr(Picture, "full_clean", lambda picture: None)

    said = refused(new_picture(content), officer)

    assert said == {"original": ["This picture is already among the pictures of this place."]}
    assert default_storage.listdir("pictures/originals")[1] == [first.original.name.rpartition("/")[2]]


def test_add_picture_again_after_it_was_withdrawn(officer):
    content = file_of()
    withdraw_picture(add_picture(new_picture(content), by=officer), Reason.MISTAKE, by=officer)

    assert add_picture(new_picture(content), by=officer).state == "making"


@pytest.mark.parametrize(
    "missing", [{"alt_th": ""}, {"author": ""}, {"license": "stolen"}, {"consent": "maybe"}, {"consent": "given"}]
)
def test_add_picture_without_what_must_be_said_is_refused(officer, missing):
    refused(new_picture(**missing), officer)

    assert Picture.objects.count() == 0


def test_add_picture_by_strangers_is_refused(neighbor, stranger):
    for somebody in (neighbor, stranger):
        with pytest.raises(PermissionDenied):
            add_picture(new_picture(), by=somebody)

    assert Picture.objects.count() == 0


def test_add_picture_for_the_whole_network_is_refused_to_the_officer_of_a_city_as_to_a_stranger(officer):
    with pytest.raises(PermissionDenied):
        add_picture(new_picture(place=""), by=officer)


def test_change_words_changes_nothing_but_words(officer):
    picture = make_picture(place="khon-kaen")
    picture.alt_th, picture.width = "สวน", 1

    change_words(picture, by=officer)

    kept = Picture.objects.get()
    assert (kept.alt_th, kept.width) == ("สวน", 640)
    assert entries() == [("pictures.change_words", "", "")]


def test_change_words_of_a_published_picture_is_refused_to_everybody(officer, approver):
    picture = publish_picture(make_picture(place="khon-kaen"))

    for somebody in (officer, approver, make_role(kind="secretariat", city=None).user):
        with pytest.raises(PermissionDenied):
            change_words(picture, by=somebody)


@pytest.mark.parametrize("state", ["submitted", "scheduled"])
@pytest.mark.parametrize("field", ["photo", "text_th"])
def test_change_words_under_a_text_that_waits_for_approval_is_refused_to_everybody(officer, approver, state, field):
    picture = make_picture(place="khon-kaen")
    said = {"photo": str(picture.pk), "text_th": f" <p>ห้องสมุด</p><img data-picture='{picture.pk}'>"}
    decided = {"decided_by": approver, "publish_at": LATER} if state == "scheduled" else {}
    make_proposal(place="khon-kaen", author=officer, state=state, values={field: said[field]}, **decided)

    for somebody in (officer, approver):
        with pytest.raises(PermissionDenied):
            change_words(picture, by=somebody)


def test_change_words_asks_the_picture_as_it_is_now(officer):
    picture = make_picture(place="khon-kaen")
    publish_picture(Picture.objects.get())

    with pytest.raises(PermissionDenied):
        change_words(picture, by=officer)


def test_change_words_of_a_withdrawn_picture_is_refused(officer):
    picture = make_picture(place="khon-kaen")
    withdraw_picture(Picture.objects.get(), Reason.RIGHTS, by=officer)

    with pytest.raises(ValidationError, match="withdrawn"):
        change_words(picture, by=officer)


def test_change_words_by_strangers_is_refused(neighbor, stranger):
    picture = make_picture(place="khon-kaen")

    for somebody in (neighbor, stranger):
        with pytest.raises(PermissionDenied):
            change_words(picture, by=somebody)


def test_try_again_has_failed_sizes_made_again(officer):
    picture = make_picture(place="khon-kaen", state="failed")

    assert try_again(picture, by=officer).state == "making"
    assert try_again(picture, by=officer).state == "making"
    assert ProcrastinateJob.objects.count() == 1


def test_try_again_by_strangers_is_refused(neighbor, stranger):
    picture = make_picture(place="khon-kaen", state="failed")

    for somebody in (neighbor, stranger):
        with pytest.raises(PermissionDenied):
            try_again(picture, by=somebody)


def test_publish_picture_lets_everybody_see_it_once_and_for_all(officer):
    picture = publish_picture(make_picture(), by=officer)
    first = picture.published_at

    assert publish_picture(picture).published_at == first
    assert entries() == [("pictures.publish_picture", "", "")]


def test_publish_picture_that_is_withdrawn_leaves_it_so(officer):
    picture = withdraw_picture(make_picture(place="khon-kaen"), Reason.CONSENT, by=officer)

    assert publish_picture(picture).is_public is False


def test_publish_pictures_in_publishes_those_of_the_place_and_of_the_network_alone():
    own, common, foreign, unused = (make_picture(place=place) for place in ("khon-kaen", "", "chiang-mai", "khon-kaen"))
    text = "".join(f'<img data-picture="{picture.pk}">' for picture in (own, common, foreign))

    publish_pictures_in(text, "plain", place="khon-kaen")

    assert set(Picture.objects.filter(published_at__isnull=False)) == {own, common}
    assert unused.is_public is False


def test_withdraw_picture_leaves_nothing_but_that_it_was_there(officer):
    picture = make_ready_picture(place="khon-kaen", caption_th="ใคร", consent="public-event")
    publish_picture(picture)
    files = [picture.original.name, *Rendition.objects.values_list("file", flat=True)]

    withdraw_picture(picture, Reason.CONSENT, by=officer)

    kept = Picture.objects.get()
    assert (kept.state, kept.withdrawn_because, kept.is_public) == ("withdrawn", "consent", False)
    assert (kept.alt_th, kept.caption_th, kept.author, kept.original.name) == ("", "", "", "")
    assert Rendition.objects.count() == 0
    assert Entry.objects.latest("pk").action == "pictures.withdraw_picture"
    job = ProcrastinateJob.objects.get(task_name="learningcity.pictures.tasks.delete_files")
    assert sorted(job.args["names"]) == sorted(files)
    tasks.delete_files(**job.args)
    tasks.delete_files(**job.args)
    assert [name for name in files if default_storage.exists(name)] == []


def test_add_picture_past_the_measure_of_a_day_is_refused_at_the_file_and_only_for_this_place(officer, monkeypatch):
    monkeypatch.setattr(quotas, "PICTURES_A_DAY", 2)
    make_picture(place="khon-kaen", uploaded_at=quotas.day_began() - dt.timedelta(seconds=1))
    make_picture(place="elsewhere")
    withdraw_picture(add_picture(new_picture(), by=officer), Reason.MISTAKE, by=officer)
    add_picture(new_picture(), by=officer)

    with pytest.raises(ValidationError) as refused:
        add_picture(new_picture(), by=officer)

    assert refused.value.message_dict == {
        "original": ["2 files were brought for this place today, and no more are taken in on one day. Go on tomorrow."]
    }


def test_withdraw_picture_twice_is_no_step(officer):
    picture = withdraw_picture(make_picture(place="khon-kaen"), Reason.MISTAKE, by=officer)

    with pytest.raises(TransitionNotAllowed):
        withdraw_picture(picture, Reason.MISTAKE, by=officer)


def test_withdraw_picture_by_strangers_is_refused(neighbor, stranger):
    picture = make_picture(place="khon-kaen")

    for somebody in (neighbor, stranger):
        with pytest.raises(PermissionDenied):
            withdraw_picture(picture, Reason.MISTAKE, by=somebody)


def test_role_that_ended_yesterday_no_longer_allows_anything(officer):
    from django.utils import timezone

    from learningcity.cities.models import Role

    Role.objects.filter(user=officer).update(ends_on=timezone.localdate() - dt.timedelta(days=1))

    with pytest.raises(PermissionDenied):
        add_picture(new_picture(), by=officer)
