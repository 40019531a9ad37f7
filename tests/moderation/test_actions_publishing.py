import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.audit.queries import head
from learningcity.cities.models import Milestone
from learningcity.moderation.actions import (
    Overtaken,
    approve,
    begin,
    hand_over,
    propose_removal,
    publish_due,
    recall,
    rehearse,
    restore,
    save_draft,
    send_back,
    submit,
    withdraw,
)
from learningcity.moderation.models import Hand, Proposal, Revision
from learningcity.notices.models import Notice
from learningcity.sources.models import Source
from tests.factories.accounts import make_user
from tests.factories.cities import make_milestone, make_role
from tests.factories.moderation import make_officer, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(note, officer):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    return save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer).proposal


@pytest.fixture
def waiting(draft, officer):
    return submit(draft, "A note.", by=officer)


def notices():
    return set(Notice.objects.values_list("kind", "recipient"))


def test_proposal_goes_from_hand_to_hand_until_it_is_published(approver, waiting, note, officer):
    assert notices() == {("moderation.submitted", approver.pk)}

    published = approve(waiting, by=approver)

    note.refresh_from_db()
    assert (note.text_en, published.state, published.decided_by) == ("Signed at last", "published", approver)
    assert list(Revision.objects.order_by("number").values_list("number", "values__text_en", "place")) == [
        (1, "Signed", "khon-kaen"),
        (2, "Signed at last", "khon-kaen"),
    ]
    steps = Entry.objects.filter(action="move").order_by("pk").values_list("before", "after", "actor")
    assert list(steps) == [("draft", "submitted", officer.pk), ("submitted", "published", approver.pk)]


def test_new_record_is_published_with_its_new_source(city, officer, approver):
    draft = begin(("note", city.slug, ""), uuid.uuid4(), by=officer)
    typed = {"text_th": "ข่าว", "day": "17 กันยายน 2567", "source": "new", "source_title": "รายงานใหม่"}
    save_draft(draft, typed, 0, by=officer)
    submit(draft, by=officer)

    published = approve(draft, by=approver)

    note = Milestone.objects.get(pk=published.key)
    assert (note.text_th, note.happened_on, note.city) == ("ข่าว", dt.date(2024, 9, 17), city)
    assert (note.source.title_th, Source.objects.filter(title_th="รายงานใหม่").count()) == ("รายงานใหม่", 1)


def test_submit_without_a_change_is_refused(note, officer):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)

    with pytest.raises(ValidationError):
        submit(draft, by=officer)


def test_submit_of_what_the_form_refuses_stays_a_draft(draft, officer):
    save_draft(draft, {"day": "31 กุมภาพันธ์ 2567"}, 1, by=officer)

    with pytest.raises(ValidationError) as refusal:
        submit(draft, by=officer)

    assert list(refusal.value.message_dict) == ["day"]
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_submit_of_what_the_database_refuses_is_told_in_words(draft, officer, monkeypatch):
    from dataclasses import replace

    from learningcity.moderation import registry

    def twice(note, form, place):
        return make_milestone(city=note.city, slug=note.slug)

    monkeypatch.setitem(registry._kinds, "note", replace(registry.kind_named("note"), save=twice))

    with pytest.raises(ValidationError) as refusal:
        submit(draft, by=officer)

    assert len(refusal.value.messages) == 1
    assert Milestone.objects.count() == 1


def test_submit_tells_the_secretariat_where_nobody_else_may_decide(note, approver):
    secretariat = make_role(kind="secretariat", city=None).user
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=approver)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=approver)

    submit(draft, by=approver)

    assert notices() == {("moderation.submitted", secretariat.pk)}


def test_publishing_is_refused_to_a_stranger(draft, city, officer, stranger):
    editor, revision = make_officer(city), make_revision(key=draft.key, values={"text_en": "x"}, place=city.slug)
    for person in (stranger, make_user(), editor):
        with pytest.raises(PermissionDenied):
            submit(draft, by=person)
    for person in (stranger, make_user()):
        with pytest.raises(PermissionDenied):
            restore(revision, by=person)
        with pytest.raises(PermissionDenied):
            hand_over(officer, person, city.slug, by=officer)
        with pytest.raises(PermissionDenied):
            hand_over(officer, editor, city.slug, by=person)
    submit(draft, by=officer)
    for person in (stranger, make_user(), editor, officer):
        with pytest.raises(PermissionDenied):
            approve(draft, by=person)
        with pytest.raises(PermissionDenied):
            send_back(draft, "No.", by=person)

    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_approve_is_refused_to_the_author_whatever_their_role(note, approver):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=approver)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=approver)
    submit(draft, by=approver)

    with pytest.raises(PermissionDenied):
        approve(draft, by=approver)


def test_approve_is_refused_to_a_hand(draft, officer, approver, city):
    other = make_officer(city, kind="approver")
    hand_over(officer, approver, city.slug, by=officer)
    draft.refresh_from_db()
    save_draft(draft, {"text_th": "ลงนามแล้ว"}, 1, by=approver)
    hand_over(approver, other, city.slug, by=approver)
    submit(draft, by=other)

    for person in (officer, approver, other):
        with pytest.raises(PermissionDenied):
            approve(draft, by=person)


def test_approve_is_refused_when_the_role_ended_yesterday(waiting, city):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    former = make_role(city=city, kind="approver", starts_on=dt.date(2024, 1, 1), ends_on=yesterday).user

    with pytest.raises(PermissionDenied):
        approve(waiting, by=former)


def test_approve_twice_publishes_once(waiting, approver):
    approve(waiting, by=approver)

    with pytest.raises(TransitionNotAllowed):
        approve(waiting, by=approver)

    assert Revision.objects.filter(proposal=waiting).count() == 1


def test_approve_of_what_was_overtaken_changes_nothing(waiting, note, approver):
    note.text_en = "Signed by others"
    note.save()

    with pytest.raises(Overtaken) as overtaken:
        approve(waiting, by=approver)

    assert [(clash.field, clash.live) for clash in overtaken.value.clashes] == [("text_en", "Signed by others")]
    note.refresh_from_db()
    assert note.text_en == "Signed by others"


def test_approve_keeps_what_others_published_in_other_fields(waiting, note, approver):
    note.text_th = "คนอื่นแก้"
    note.save()

    approve(waiting, by=approver)

    note.refresh_from_db()
    assert (note.text_th, note.text_en) == ("คนอื่นแก้", "Signed at last")


def test_approve_for_a_time_publishes_then_and_not_before(waiting, note, approver):
    approve(waiting, timezone.now() + dt.timedelta(hours=1), by=approver)
    assert publish_due() == 0

    Proposal.objects.filter(pk=waiting.pk).update(publish_at=timezone.now() - dt.timedelta(minutes=1))
    assert (publish_due(), publish_due()) == (1, 0)

    note.refresh_from_db()
    assert note.text_en == "Signed at last"


def test_approve_now_does_not_wait_for_the_time_that_the_author_wished(draft, note, officer, approver):
    submit(draft, "", timezone.now() + dt.timedelta(days=3), by=officer)

    assert approve(draft, by=approver).state == "published"


def test_publish_due_sends_back_what_was_overtaken(waiting, note, officer, approver):
    approve(waiting, timezone.now() + dt.timedelta(hours=1), by=approver)
    Proposal.objects.filter(pk=waiting.pk).update(publish_at=timezone.now())
    note.text_en = "Signed by others"
    note.save()

    assert publish_due() == 0

    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason != "") == ("returned", True)
    assert ("moderation.returned", officer.pk) in notices()


def test_withdraw_stops_what_waits_for_its_time(waiting, officer, approver):
    approve(waiting, timezone.now() + dt.timedelta(hours=1), by=approver)

    assert withdraw(waiting, by=officer).state == "withdrawn"


def test_send_back_needs_a_reason_and_tells_the_author(waiting, officer, approver):
    with pytest.raises(ValidationError):
        send_back(waiting, "  ", by=approver)

    returned = send_back(waiting, "The day is missing.", by=approver)

    assert (returned.state, returned.reason) == ("returned", "The day is missing.")
    assert ("moderation.returned", officer.pk) in notices()
    save_draft(returned, {"text_en": "Signed on Monday"}, 1, by=officer)
    assert submit(returned, by=officer).reason == ""


def test_removal_goes_the_same_way_and_can_be_restored(note, officer, approver):
    removal = propose_removal(("note", str(note.pk)), by=officer)
    submit(removal, "Twice on the page.", by=officer)
    approve(removal, by=approver)
    assert Milestone.objects.count() == 0

    first, gone = Revision.objects.order_by("number")
    with pytest.raises(ValidationError):
        restore(gone, by=officer)
    draft = restore(first, by=officer)
    submit(draft, by=officer)
    approve(draft, by=approver)

    assert Milestone.objects.get().text_en == "Signed"


def test_restore_makes_a_draft_that_says_what_was(waiting, note, officer, approver):
    approve(waiting, by=approver)

    draft = restore(Revision.objects.get(number=1), by=officer)

    assert (draft.state, draft.values) == ("draft", {"text_en": "Signed"})


def test_hand_over_takes_everything_along_once(draft, note, officer, city):
    other, busy = make_officer(city), make_officer(city)
    mine = begin(("note", "", str(note.pk)), uuid.uuid4(), by=busy)

    assert hand_over(officer, busy, city.slug, by=officer) == 0
    assert hand_over(officer, other, city.slug, by=officer) == 1

    draft.refresh_from_db()
    mine.refresh_from_db()
    assert (draft.keeper, draft.author, mine.keeper) == (other, officer, busy)
    assert set(Hand.objects.filter(proposal=draft).values_list("user", flat=True)) == {officer.pk, other.pk}


def test_hand_over_to_whoever_sent_it_back_lets_them_mend_it_but_not_approve_it(waiting, officer, approver, city):
    send_back(waiting, "The day is missing.", by=approver)

    assert hand_over(officer, approver, city.slug, by=make_role(kind="secretariat", city=None).user) == 1

    waiting.refresh_from_db()
    submit(waiting, by=approver)
    assert not approver.has_perm("moderation.approve", waiting)


def test_rehearse_shows_the_site_as_if_and_leaves_no_trace(draft, note):
    before = head()

    with rehearse(draft) as record:
        assert Milestone.objects.get(pk=record.pk).text_en == "Signed at last"
        assert head() < 0

    note.refresh_from_db()
    assert (note.text_en, head(), Revision.objects.count()) == ("Signed", before, 0)


def test_removal_of_what_others_rest_on_is_refused_in_words(note, officer, monkeypatch):
    from dataclasses import replace

    from learningcity.moderation import registry

    kind = replace(registry.kind_named("note"), remove=lambda note: note.source.delete())
    monkeypatch.setitem(registry._kinds, "note", kind)
    removal = propose_removal(("note", str(note.pk)), by=officer)

    with pytest.raises(ValidationError):
        submit(removal, by=officer)


def test_submit_of_a_change_to_what_is_gone_is_refused_in_words(draft, note, officer):
    note.delete()

    with pytest.raises(ValidationError):
        submit(draft, by=officer)


def test_publishing_every_minute_goes_through_the_clock(waiting, note, approver):
    from learningcity.moderation.jobs import publish_every_minute

    approve(waiting, timezone.now() + dt.timedelta(hours=1), by=approver)
    Proposal.objects.filter(pk=waiting.pk).update(publish_at=timezone.now())

    publish_every_minute(timestamp=0)

    note.refresh_from_db()
    assert note.text_en == "Signed at last"


def test_approve_publishes_only_what_the_approver_read(officer, approver, waiting, note):
    seen = waiting.version
    recall(waiting, by=officer)
    save_draft(waiting, {"text_en": "Signed by nobody"}, seen, by=officer)
    submit(waiting, by=officer)

    with pytest.raises(TransitionNotAllowed):
        approve(waiting, by=approver, seen=seen)
    note.refresh_from_db()
    assert note.text_en == "Signed"
