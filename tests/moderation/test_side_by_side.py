"""Two people at one moment: each waits for the other, and nothing happens twice."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation.actions import Overtaken, approve, begin, save_draft, submit
from learningcity.moderation.models import Proposal, Revision
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
