import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.plans.actions import close_plan, finish_action, reopen_plan, start_action, stop_action
from learningcity.plans.models import Action
from tests.factories.plans import make_action, make_objective, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(city):
    return make_plan(city=city)


@pytest.fixture
def action(plan):
    return make_action(objective=make_objective(plan=plan))


def moves():
    return list(Entry.objects.filter(action="move").order_by("pk").values_list("before", "after"))


def test_action_is_started_and_finished(action, editor):
    start_action(action, by=editor)
    finish_action(action, by=editor)

    action.refresh_from_db()
    assert action.state == "done"
    assert moves() == [("planned", "under_way"), ("under_way", "done")]


def test_action_that_is_planned_is_not_finished_at_once(action, editor):
    with pytest.raises(TransitionNotAllowed):
        finish_action(action, by=editor)


def test_action_under_way_is_not_started_again(action, editor):
    start_action(action, by=editor)

    with pytest.raises(TransitionNotAllowed):
        start_action(action, by=editor)


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("หอประชุมถูกน้ำท่วม", ("หอประชุมถูกน้ำท่วม", "")), (" The hall was flooded. ", ("", "The hall was flooded."))],
)
def test_action_is_stopped_with_its_reason_in_its_language(action, editor, reason, kept):
    stop_action(action, reason, by=editor)

    action.refresh_from_db()
    assert (action.state, action.reason_th, action.reason_en) == ("stopped", *kept)


def test_reason_for_stopping_is_not_in_the_chain(action, editor):
    stop_action(action, "The hall was flooded.", by=editor)

    assert list(Entry.objects.values_list("detail", flat=True)) == [{}]


def test_action_is_not_stopped_without_a_reason(action, editor):
    with pytest.raises(ValidationError) as problem:
        stop_action(action, "  ", by=editor)

    assert list(problem.value.message_dict) == ["reason"]


def test_action_that_is_done_is_not_stopped(action, editor):
    start_action(action, by=editor)
    finish_action(action, by=editor)

    with pytest.raises(TransitionNotAllowed):
        stop_action(action, "Too late.", by=editor)


def test_action_that_was_stopped_goes_on_and_its_reason_goes(action, editor):
    stop_action(action, "The hall was flooded.", by=editor)

    start_action(action, by=editor)

    action.refresh_from_db()
    assert (action.state, action.reason_en) == ("under_way", "")


def test_action_moves_without_writing_over_what_was_published_meanwhile(action, editor):
    Action.objects.filter(pk=action.pk).update(title_en="A better title")

    start_action(action, by=editor)

    action.refresh_from_db()
    assert action.title_en == "A better title"


def test_action_is_moved_by_nobody_who_is_a_stranger(action, stranger):
    with pytest.raises(PermissionDenied):
        start_action(action, by=stranger)
    with pytest.raises(PermissionDenied):
        finish_action(action, by=stranger)
    with pytest.raises(PermissionDenied):
        stop_action(action, "The hall was flooded.", by=stranger)


def test_plan_is_closed_and_reopened_by_an_approver(plan, approver):
    close_plan(plan, by=approver)
    reopen_plan(plan, by=approver)

    plan.refresh_from_db()
    assert plan.state == "in_force"
    assert moves() == [("in_force", "closed"), ("closed", "in_force")]


def test_plan_in_force_is_not_reopened(plan, approver):
    with pytest.raises(TransitionNotAllowed):
        reopen_plan(plan, by=approver)


def test_plan_is_not_closed_twice(plan, approver):
    close_plan(plan, by=approver)

    with pytest.raises(TransitionNotAllowed):
        close_plan(plan, by=approver)


def test_plan_is_not_reopened_beside_its_successor(plan, approver):
    close_plan(plan, by=approver)
    make_plan(city=plan.city)

    with pytest.raises(ValidationError, match="กรุณาปิดแผนนั้นก่อน"):
        reopen_plan(plan, by=approver)


def test_plan_is_not_closed_by_its_editor_alone(plan, editor):
    with pytest.raises(PermissionDenied):
        close_plan(plan, by=editor)


def test_plan_is_neither_closed_nor_reopened_by_a_stranger(plan, stranger):
    with pytest.raises(PermissionDenied):
        close_plan(plan, by=stranger)
    with pytest.raises(PermissionDenied):
        reopen_plan(plan, by=stranger)
