import datetime as dt
import uuid

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.moderation.actions import (
    adopt,
    begin,
    propose_removal,
    recall,
    save_draft,
    submit,
    take,
    withdraw,
    withdraw_all_drafts,
)
from learningcity.moderation.models import Hand, Proposal
from learningcity.moderation.registry import NotRegistered
from tests.factories.accounts import make_user
from tests.factories.cities import make_role
from tests.factories.moderation import make_proposal

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=1)


@pytest.fixture
def draft(note, officer):
    return begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)


def former_officer(city):
    today = timezone.localdate()
    return make_role(city=city, starts_on=dt.date(2024, 1, 1), ends_on=today - YESTERDAY).user


def test_begin_copies_what_the_record_says_and_writes_it_down(draft, note, officer):
    assert (draft.place, draft.state, draft.version, draft.values) == ("khon-kaen", "draft", 0, {})
    assert (draft.base["text_th"], draft.base["source"]) == ("ลงนาม", note.source.slug)
    assert list(Entry.objects.values_list("action", "actor")) == [("moderation.begin", officer.pk)]


def test_begin_twice_finds_the_draft_that_is_there(draft, note, officer):
    assert begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer) == draft


def test_begin_of_a_new_record_with_one_token_makes_one_draft(city, officer):
    token = uuid.uuid4()

    first = begin(("note", city.slug, ""), token, by=officer)
    again = begin(("note", city.slug, ""), token, by=officer)

    assert first == again
    assert Proposal.objects.count() == 1


def test_begin_with_somebody_elses_token_makes_a_draft_of_ones_own(city, officer, approver):
    token = uuid.uuid4()
    theirs = begin(("note", city.slug, ""), token, by=officer)

    mine = begin(("note", city.slug, ""), token, by=approver)

    assert mine != theirs
    assert mine.keeper == approver


def test_begin_of_what_does_not_exist_says_so(officer):
    for key in ("999999", "no-number", "9" * 40):
        with pytest.raises(ObjectDoesNotExist):
            begin(("note", "", key), uuid.uuid4(), by=officer)
    with pytest.raises(NotRegistered):
        begin(("dream", "", "1"), uuid.uuid4(), by=officer)


def test_begin_of_a_kind_that_is_only_ever_changed_is_refused(city, officer, monkeypatch):
    from dataclasses import replace

    from learningcity.moderation import registry

    monkeypatch.setitem(registry._kinds, "note", replace(registry.kind_named("note"), can_begin=False))

    with pytest.raises(PermissionDenied):
        begin(("note", city.slug, ""), uuid.uuid4(), by=officer)


def test_drafts_are_refused_to_a_stranger(draft, note, city, stranger):
    other = make_proposal(key=str(note.pk), place=city.slug)
    for person in (stranger, make_user(), former_officer(city)):
        with pytest.raises(PermissionDenied):
            begin(("note", "", str(note.pk)), uuid.uuid4(), by=person)
        with pytest.raises(PermissionDenied):
            begin(("note", city.slug, ""), uuid.uuid4(), by=person)
        with pytest.raises(PermissionDenied):
            save_draft(draft, {"text_th": "x"}, 0, by=person)
        with pytest.raises(PermissionDenied):
            take(draft, [], by=person)
        with pytest.raises(PermissionDenied):
            adopt(draft, other, ["text_th"], by=person)
        with pytest.raises(PermissionDenied):
            propose_removal(("note", str(note.pk)), by=person)
        with pytest.raises(PermissionDenied):
            withdraw(draft, by=person)
        with pytest.raises(PermissionDenied):
            recall(draft, by=person)

    draft.refresh_from_db()
    assert (draft.version, draft.state) == (0, "draft")


def test_role_that_ended_yesterday_leaves_the_draft_as_it_is(note, city):
    today = timezone.localdate()
    role = make_role(city=city, starts_on=dt.date(2024, 1, 1))
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=role.user)
    role.ends_on = today - YESTERDAY
    role.save()

    with pytest.raises(PermissionDenied):
        save_draft(draft, {"text_th": "x"}, 0, by=role.user)


def test_save_draft_twice_is_the_same_as_once(draft, officer):
    save_draft(draft, {"text_th": "ลงนามแล้ว"}, 0, by=officer)
    saved = save_draft(draft, {"text_th": "ลงนามแล้ว"}, 0, by=officer)

    assert (saved.version, saved.clashing, saved.proposal.values) == (1, {}, {"text_th": "ลงนามแล้ว"})


def test_save_draft_typed_back_to_the_record_is_no_change(draft, officer):
    save_draft(draft, {"text_th": "ลงนามแล้ว"}, 0, by=officer)
    saved = save_draft(draft, {"text_th": "ลงนาม\r\n"}, 1, by=officer)

    assert (saved.version, saved.proposal.values) == (2, {})


def test_save_draft_of_a_second_tab_overwrites_nothing(draft, officer):
    save_draft(draft, {"text_th": "แท็บหนึ่ง"}, 0, by=officer)
    saved = save_draft(draft, {"text_th": "แท็บสอง", "text_en": "second"}, 0, by=officer)

    assert saved.clashing == {"text_th": "แท็บหนึ่ง"}
    assert saved.proposal.values == {"text_th": "แท็บหนึ่ง", "text_en": "second"}
    assert save_draft(draft, {"text_th": "แท็บสอง"}, 2, by=officer).clashing == {}


def test_save_draft_tells_what_another_tab_wrote(draft, officer):
    save_draft(draft, {"text_th": "แท็บหนึ่ง"}, 0, by=officer)

    assert save_draft(draft, {"text_en": "second"}, 0, by=officer).news == {"text_th": "แท็บหนึ่ง"}


def test_save_draft_keeps_what_the_database_can_hold(draft, officer):
    saved = save_draft(draft, {"text_th": "a\x00b\ud800", "themes": ["x\x00"]}, 0, by=officer)

    assert saved.proposal.values == {"text_th": "ab", "themes": ["x"]}


def test_save_draft_refuses_a_text_that_nobody_typed(draft, officer):
    with pytest.raises(ValidationError, match="text_th"):
        save_draft(draft, {"text_th": "x" * 200_001}, 0, by=officer)


def test_save_draft_of_what_waits_is_refused(draft, officer):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)

    for step in (lambda: save_draft(draft, {"text_en": "x"}, 1, by=officer), lambda: take(draft, [], by=officer)):
        with pytest.raises(TransitionNotAllowed):
            step()


def test_take_keeps_the_typed_and_knows_the_published(draft, note, officer):
    save_draft(draft, {"text_th": "ของฉัน", "text_en": "mine"}, 0, by=officer)
    note.text_th, note.text_en = "ใหม่", "new"
    note.save()

    taken = take(draft, ["text_th"], by=officer)

    assert (taken.values, taken.base["text_th"], taken.base["text_en"]) == ({"text_en": "mine"}, "ใหม่", "new")


def test_adopt_brings_the_text_and_the_hand_of_the_other(draft, note, city, officer, approver):
    other = begin(("note", "", str(note.pk)), uuid.uuid4(), by=approver)
    save_draft(other, {"text_th": "ของเขา", "text_en": "theirs"}, 0, by=approver)
    other.refresh_from_db()

    adopted = adopt(draft, other, ["text_th", "day"], by=officer)

    assert adopted.values == {"text_th": "ของเขา"}
    assert set(Hand.objects.filter(proposal=draft).values_list("user", flat=True)) == {officer.pk, approver.pk}
    submit(draft, by=officer)
    assert not approver.has_perm("moderation.approve", draft)


def test_propose_removal_finds_itself_again(note, officer):
    first = propose_removal(("note", str(note.pk)), by=officer)

    assert (first.removes, propose_removal(("note", str(note.pk)), by=officer)) == (True, first)


def test_propose_removal_never_turns_a_change_into_one(draft, note, officer):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)

    with pytest.raises(ValidationError):
        propose_removal(("note", str(note.pk)), by=officer)

    draft.refresh_from_db()
    assert (draft.removes, draft.values) == (False, {"text_en": "Signed at last"})


def test_recall_brings_a_waiting_proposal_back_into_hand(draft, officer):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)

    assert recall(draft, by=officer).state == "draft"
    with pytest.raises(TransitionNotAllowed):
        recall(draft, by=officer)


def test_withdraw_keeps_what_was_typed_and_frees_the_record(draft, note, officer):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)

    gone = withdraw(draft, by=officer)

    assert (gone.state, gone.values) == ("withdrawn", {"text_en": "Signed at last"})
    assert begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer) != gone
    with pytest.raises(TransitionNotAllowed):
        withdraw(draft, by=officer)


def test_erased_account_leaves_no_draft_in_hand_but_what_was_handed_in(draft, note, city, officer):
    waiting = begin(("note", city.slug, ""), uuid.uuid4(), by=officer)
    Proposal.objects.filter(pk=waiting.pk).update(state="submitted", submitted_at=timezone.now())

    withdraw_all_drafts(officer)

    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "submitted"]


@pytest.mark.parametrize("spelling", ["0{}", " {}", "+{}"])
def test_begin_knows_a_record_however_its_number_is_written(draft, note, officer, spelling):
    assert begin(("note", "", spelling.format(note.pk)), uuid.uuid4(), by=officer) == draft
