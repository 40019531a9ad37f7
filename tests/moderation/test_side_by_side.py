"""Two people at one moment: each waits for the other, and nothing happens twice."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation.actions import (
    Overtaken,
    approve,
    begin,
    erase_names,
    publish_due,
    recall,
    save_draft,
    send_back,
    submit,
)
from learningcity.moderation.models import Proposal, Revision
from tests.factories.cities import make_role
from tests.factories.moderation import make_officer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps):
    """Take all steps in the same moment, each on a connection of its own, and return what became of them."""
    start = Barrier(len(steps))

    def run(step):
        start.wait()
        try:
            return step()
        except (TransitionNotAllowed, Overtaken) as problem:
            return type(problem)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def drafted(note, person, text):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=person)
    return save_draft(draft, {"text_en": text}, 0, by=person).proposal


def test_two_who_approve_one_proposal_publish_it_once(note, city, officer, approver):
    waiting = submit(drafted(note, officer, "Signed at last"), by=officer)
    other = make_officer(city, kind="approver")

    answers = at_once(lambda: approve(waiting, by=approver), lambda: approve(waiting, by=other))

    assert answers.count(TransitionNotAllowed) == 1
    assert Revision.objects.filter(proposal=waiting).count() == 1


def test_two_proposals_for_one_field_are_published_one_after_the_other(note, city, officer, approver):
    colleague = make_officer(city)
    first = submit(drafted(note, officer, "Signed at last"), by=officer)
    second = submit(drafted(note, colleague, "Signed by all"), by=colleague)

    answers = at_once(lambda: approve(first, by=approver), lambda: approve(second, by=approver))

    assert answers.count(Overtaken) == 1
    note.refresh_from_db()
    assert note.text_en in ("Signed at last", "Signed by all")
    assert list(Revision.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_two_saves_of_one_draft_lose_nothing(note, officer):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)

    at_once(
        lambda: save_draft(draft, {"text_th": "หนึ่ง"}, 0, by=officer),
        lambda: save_draft(draft, {"text_en": "two"}, 0, by=officer),
    )

    draft.refresh_from_db()
    assert (draft.values, draft.version) == ({"text_th": "หนึ่ง", "text_en": "two"}, 2)


def test_two_clicks_on_new_make_one_draft(city, officer):
    token = uuid.uuid4()

    first, second = at_once(*[lambda: begin(("note", city.slug, ""), token, by=officer)] * 2)

    assert first == second
    assert Proposal.objects.count() == 1


def test_two_clicks_on_change_make_one_draft(note, officer):
    first, second = at_once(*[lambda: begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)] * 2)

    assert first == second


def test_two_clocks_publish_what_is_due_once(note, officer, approver):
    waiting = submit(drafted(note, officer, "Signed at last"), by=officer)
    approve(waiting, timezone.now() + dt.timedelta(hours=1), by=approver)
    Proposal.objects.filter(pk=waiting.pk).update(publish_at=timezone.now())

    assert sorted(at_once(publish_due, publish_due)) == [0, 1]
    assert Revision.objects.filter(proposal=waiting).count() == 1


def test_approving_and_taking_back_at_once_is_one_of_the_two(note, officer, approver):
    waiting = submit(drafted(note, officer, "Signed at last"), by=officer)

    answers = at_once(lambda: approve(waiting, by=approver), lambda: recall(waiting, by=officer))

    waiting.refresh_from_db()
    assert answers.count(TransitionNotAllowed) == 1
    assert (waiting.state, Revision.objects.filter(proposal=waiting).count()) in [("published", 1), ("draft", 0)]


def test_approving_and_sending_back_at_once_is_one_of_the_two(note, city, officer, approver):
    waiting, other = submit(drafted(note, officer, "Signed at last"), by=officer), make_officer(city, kind="approver")

    answers = at_once(
        lambda: approve(waiting, by=approver), lambda: send_back(waiting, "The day is missing.", by=other)
    )

    waiting.refresh_from_db()
    assert answers.count(TransitionNotAllowed) == 1
    assert waiting.state in ("published", "returned")


def test_erasing_and_publishing_at_once_leave_no_name_of_before(note, officer, approver):
    secretary = make_role(kind="secretariat", city=None).user
    approve(submit(drafted(note, officer, "Signed at last"), by=officer), by=approver)
    waiting = submit(drafted(note, officer, "Signed by all"), by=officer)

    at_once(lambda: approve(waiting, by=approver), lambda: erase_names(("note", waiting.key), "asked", by=secretary))

    assert Revision.objects.get(number=1).values["text_en"] == "[erased]"
    assert Revision.objects.count() == 3
