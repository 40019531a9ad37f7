import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from learningcity.common.thai.words import without_seams
from learningcity.moderation.actions import approve, begin, propose_removal, rehearse, save_draft, submit
from learningcity.moderation.registry import kind_named
from learningcity.plans.models import Objective, Plan, Target
from learningcity.search.models import Document
from learningcity.sources.models import Source
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import make_commitment, make_organization
from tests.factories.pictures import make_picture
from tests.factories.plans import make_action, make_objective, make_plan, make_target, make_win
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db
PLAN = {"title_th": "แผนเมือง", "title_en": "", "starts": "ต.ค. 2566", "ends": "2570", "adopted": "17/9/2566"}
OBJECTIVE = {"field": "accessibility", "title_th": "ทุกชุมชนมีที่เรียน"}


@pytest.fixture
def plan(city):
    return make_plan(city=city)


@pytest.fixture
def propose(city, editor):
    def proposed(name, values, key=""):
        proposal = begin((name, city.slug, key), uuid.uuid4(), by=editor)
        return save_draft(proposal, values, proposal.version, by=editor).proposal

    return proposed


@pytest.fixture
def problems(propose, editor):
    def found(name, values, key=""):
        with pytest.raises(ValidationError) as refusal:
            submit(propose(name, values, key), by=editor)
        return refusal.value.message_dict

    return found


@pytest.fixture
def publish(propose, editor, approver):
    def published(name, values, key=""):
        proposal = propose(name, values, key)
        submit(proposal, by=editor)
        proposal = approve(proposal, by=approver)
        return kind_named(name).model.objects.get(pk=proposal.key)

    return published


def test_plan_of_the_citys_own_is_published(publish, city):
    plan = publish("plan", PLAN)

    assert (plan.city, plan.title_th, plan.source, plan.state) == (city, "แผนเมือง", None, "in_force")
    assert (plan.starts_on, plan.starts_precision) == (dt.date(2023, 10, 1), "month")
    assert (plan.ends_on, plan.ends_precision) == (dt.date(2027, 1, 1), "year")
    assert (plan.adopted_on, plan.adopted_precision) == (dt.date(2023, 9, 17), "day")


def test_plan_names_a_new_source(publish):
    plan = publish("plan", PLAN | {"adopted": "", "source": "new", "source_title": "แผนพัฒนาเมือง 2566–2570"})

    assert plan.source == Source.objects.get(title_th="แผนพัฒนาเมือง 2566–2570")
    assert plan.title.original == "th"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_th": ""}, "title_th"),
        ({"ends": "2565"}, "ends"),
        ({"starts": "31 กุมภาพันธ์ 2567"}, "starts"),
        ({"adopted": ""}, "adopted"),
        ({"source": "new"}, "source_title"),
    ],
)
def test_plan_is_refused_where_it_is_wrong(problems, changes, field):
    assert list(problems("plan", PLAN | changes)) == [field]


def test_second_plan_waits_until_the_first_is_closed(problems, plan):
    assert list(problems("plan", PLAN)) == ["__all__"]


@pytest.mark.parametrize("name", ["plan", "objective", "action", "small-win"])
def test_nothing_in_a_plan_is_proposed_by_a_stranger(name, city, stranger):
    with pytest.raises(PermissionDenied):
        begin((name, city.slug, ""), uuid.uuid4(), by=stranger)


def test_objective_is_published_with_its_targets(publish, city, plan):
    number, indicator = make_observation(city=city, value=100), make_indicator()
    values = {
        "target1_indicator": number.indicator.slug,
        "target1_baseline": str(number.pk),
        "target1_value": "๒๐๐",
        "target1_due": "2570",
        "target2_indicator": indicator.slug,
        "target2_start": "1,200.5",
        "target2_start_on": "ก.ย. 2567",
        "target2_source": "new",
        "source_title": "รายงานประจำปี 2567",
        "target2_value": "900",
        "target2_due": "30/9/2570",
    }

    objective = publish("objective", OBJECTIVE | values)

    assert (objective.plan, objective.position) == (plan, 1)
    first, second = objective.targets.order_by("position")
    assert (first.baseline, first.value, first.due_on, first.due_precision) == (
        number,
        200,
        dt.date(2027, 1, 1),
        "year",
    )
    assert (second.baseline_value, second.baseline_on, second.baseline_precision) == (
        Decimal("1200.5"),
        dt.date(2024, 9, 1),
        "month",
    )
    assert second.baseline_source.title_th == "รายงานประจำปี 2567"


def test_objective_without_a_plan_waits(problems):
    assert list(problems("objective", OBJECTIVE)) == ["__all__"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target1_value": ""}, "target1_value"),
        ({"target1_value": "ร้อย"}, "target1_value"),
        ({"target1_value": "100"}, "target1_value"),
        ({"target1_due": ""}, "target1_due"),
        ({"target1_due": "2566"}, "target1_due"),
        ({"target1_baseline": ""}, "target1_baseline"),
        ({"target1_start": "5"}, "target1_baseline"),
        ({"target1_baseline": "", "target1_start": "5", "target1_source": "new"}, "target1_start_on"),
        ({"target1_baseline": "", "target1_start": "5", "target1_start_on": "2567"}, "target1_source"),
    ],
)
def test_target_is_refused_where_it_is_wrong(problems, city, plan, changes, field):
    number = make_observation(city=city, value=100)
    target = {
        "target1_indicator": number.indicator.slug,
        "target1_baseline": str(number.pk),
        "target1_value": "200",
        "target1_due": "2570",
        "source_title": "รายงาน",
    }

    assert list(problems("objective", OBJECTIVE | target | changes)) == [field]


def test_target_that_counts_something_else_than_its_start_is_refused(problems, city, plan):
    target = {
        "target1_indicator": make_indicator().slug,
        "target1_baseline": str(make_observation(city=city).pk),
        "target1_value": "200",
        "target1_due": "2570",
    }

    assert list(problems("objective", OBJECTIVE | target)) == ["target1_baseline"]


def test_target_does_not_start_from_the_number_of_another_city(problems, plan):
    number = make_observation()
    target = {"target1_indicator": number.indicator.slug, "target1_baseline": str(number.pk), "target1_due": "2570"}

    assert "target1_baseline" in problems("objective", OBJECTIVE | target | {"target1_value": "1"})


def test_objective_with_the_same_target_twice_is_refused(problems, city, plan):
    number = make_observation(city=city, value=100)
    said = {"indicator": number.indicator.slug, "baseline": str(number.pk), "value": "200", "due": "2570"}
    twice = {f"target{place}_{name}": value for place in (1, 2) for name, value in said.items()}

    assert list(problems("objective", OBJECTIVE | twice)) == ["target2_indicator"]


def test_objective_that_is_saved_unchanged_keeps_its_targets(plan):
    kind = kind_named("objective")
    objective = make_objective(plan=plan, why_th="เพราะ")
    make_target(objective=objective)
    own = {"baseline_value": Decimal("3.5"), "baseline_on": dt.date(2024, 1, 1), "baseline_precision": "year"}
    # A fourth target, which a file brought, is one more place in the form.
    make_target(objective=objective, position=4, indicator=make_indicator(), baseline_source=make_source(), **own)
    before = kind.values_of(objective)

    form = kind.form(before, place=plan.city.slug, record=objective)
    assert form.is_valid(), form.errors
    kind.save(objective, form, plan.city.slug)

    assert kind.values_of(Objective.objects.get()) == before
    assert Target.objects.count() == 2


def test_objective_loses_a_target_whose_fields_are_emptied(publish, plan):
    objective = make_objective(plan=plan)
    make_target(objective=objective)
    emptied = dict.fromkeys(("target1_indicator", "target1_baseline", "target1_value", "target1_due"), "")

    publish("objective", emptied, str(objective.pk))

    assert Target.objects.count() == 0


def test_objective_stands_last_in_its_field(publish, plan):
    make_objective(plan=plan, position=4)
    make_objective(plan=plan, field="funding", position=9)

    assert publish("objective", OBJECTIVE).position == 5


def test_action_is_published_with_its_owner_and_its_promise(publish, city, plan):
    objective, promise = make_objective(plan=plan), make_commitment(city=city)
    values = {
        "objective": str(objective.pk),
        "title_th": "เปิดศาลาวัดสองคืนต่อสัปดาห์",
        "owner": f"organization:{promise.organization.slug}",
        "commitment": promise.slug,
        "starts": "ต.ค. 2568",
        "ends": "2569",
    }

    action = publish("action", values)

    assert (action.objective, action.state, action.position) == (objective, "planned", 1)
    assert (action.role, action.organization, action.commitment) == ("", promise.organization, promise)
    assert (action.ends_on, action.ends_precision) == (dt.date(2026, 1, 1), "year")


def test_action_is_owned_by_a_role(publish, plan):
    objective = make_objective(plan=plan)

    action = publish("action", {"objective": str(objective.pk), "title_en": "Do it", "owner": "role:approver"})

    assert (action.role, action.organization, action.starts_on) == ("approver", None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": ""}, "owner"),
        ({"owner": "role:secretariat"}, "owner"),
        ({"title_en": ""}, "title_th"),
        ({"starts": "2569", "ends": "2568"}, "ends"),
    ],
)
def test_action_is_refused_where_it_is_wrong(problems, plan, changes, field):
    values = {"objective": str(make_objective(plan=plan).pk), "title_en": "Do it", "owner": "role:editor"}

    assert list(problems("action", values | changes)) == [field]


def test_action_belongs_to_no_objective_owner_or_promise_of_another_city(problems, plan):
    values = {
        "objective": str(make_objective().pk),
        "title_en": "Do it",
        "owner": f"organization:{make_organization().slug}",
        "commitment": make_commitment().slug,
    }

    assert sorted(problems("action", values)) == ["commitment", "objective", "owner"]


def test_action_that_was_stopped_gets_its_reason_translated(publish, plan):
    action = make_action(objective=make_objective(plan=plan), state="stopped", reason_th="น้ำท่วม")

    publish("action", {"reason_en": "A flood."}, str(action.pk))

    action.refresh_from_db()
    assert (action.state, action.reason_th, action.reason_en) == ("stopped", "น้ำท่วม", "A flood.")


def test_action_that_goes_on_is_asked_for_no_reason(plan):
    action = make_action(objective=make_objective(plan=plan))

    assert "reason_th" not in kind_named("action").form(None, place=plan.city.slug, record=action).fields


def test_small_win_is_published(publish, plan):
    action = make_action(objective=make_objective(plan=plan))

    win = publish("small-win", {"note_th": "มีคนมาเก้าคน", "happened": "5 ธ.ค. 2567", "action": str(action.pk)})

    assert (win.plan, win.action, win.happened_on) == (plan, action, dt.date(2024, 12, 5))


def test_small_win_publishes_its_photo(publish, city, plan):
    photo = make_picture(place=city.slug)

    win = publish("small-win", {"note_th": "มีคนมาเก้าคน", "happened": "2567", "photo": str(photo.pk)})

    photo.refresh_from_db()
    assert (win.photo, photo.is_public) == (photo, True)


def test_small_win_shows_no_photo_of_another_city(problems, plan):
    values = {"note_th": "ดี", "happened": "2567", "photo": str(make_picture(place="elsewhere").pk)}

    assert list(problems("small-win", values)) == ["photo"]


def test_small_win_of_too_many_words_is_refused(problems, plan):
    values = {"note_en": "word " * 81, "happened": "2567"}

    assert list(problems("small-win", values)) == ["note_en"]


def test_small_win_without_a_plan_waits(problems):
    assert list(problems("small-win", {"note_th": "ดี", "happened": "2567"})) == ["__all__"]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("objective", lambda plan: make_objective(plan=plan)),
        ("action", lambda plan: make_action(objective=make_objective(plan=plan))),
        ("small-win", lambda plan: make_win(plan=plan)),
    ],
)
def test_a_part_is_taken_out_of_its_plan(name, make, plan, editor, approver):
    record = make(plan)
    proposal = propose_removal((name, str(record.pk)), by=editor)

    submit(proposal, by=editor)
    approve(proposal, by=approver)

    assert (type(record).objects.count(), Plan.objects.count()) == (0, 1)


def test_a_plan_itself_stays_for_ever(plan, editor):
    with pytest.raises(PermissionDenied):
        propose_removal(("plan", str(plan.pk)), by=editor)


def test_a_rehearsal_leaves_nothing_behind(propose):
    with rehearse(propose("plan", PLAN)) as plan:
        assert plan.title_th == "แผนเมือง"

    assert Plan.objects.count() == 0


@pytest.mark.parametrize("name", ["plan", "objective", "action", "small-win"])
def test_values_of_a_record_are_what_its_form_takes(name, plan):
    objective = make_objective(plan=plan)
    records = {
        "plan": plan,
        "objective": objective,
        "action": make_action(objective=objective, starts_on=dt.date(2025, 1, 1), starts_precision="year"),
        "small-win": make_win(plan=plan),
    }
    kind = kind_named(name)

    values = kind.values_of(records[name])
    form = kind.form(values, place=kind.place_of(records[name]), record=records[name])

    assert form.is_valid(), form.errors
    assert list(kind.records_in(plan.city.slug)) == [records[name]]


def test_a_published_objective_is_found_by_its_words(publish, plan):
    publish("objective", OBJECTIVE)

    document = Document.objects.get(kind="plan", key=str(plan.pk))
    assert "ทุกชุมชนมีที่เรียน" in without_seams(document.body_th)
