import uuid

import pytest

from learningcity.moderation.models import Proposal
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.plans import make_action, make_objective, make_plan, make_target

pytestmark = pytest.mark.django_db
BUILDER = "/en/workspace/nakhon-tua-yang/plan/"


@pytest.fixture
def city():
    return make_city(slug="nakhon-tua-yang", name_en="Sample City")


@pytest.fixture
def plan(city):
    return make_plan(city=city, title_en="Learning city plan")


@pytest.fixture
def action(plan):
    return make_action(objective=make_objective(plan=plan), title_en="Open the hall")


@pytest.fixture
def officer(client, city):
    client.force_login(make_role(city=city).user)
    return client


def begin(client, kind, **typed):
    token = typed.pop("token", uuid.uuid4())
    return client.post(f"{BUILDER}{kind}/", {"token": str(token), **typed})


def test_builder_leads_through_the_six_fields(officer):
    html = officer.get(BUILDER).content.decode()

    assert [step.guide.field.value for step in officer.get(BUILDER).context["steps"]] == [
        "planning",
        "involvement",
        "celebration",
        "accessibility",
        "monitoring",
        "funding",
    ]
    assert "Begin the plan" in html
    assert 'name="robots" content="noindex"' in html


def test_builder_begins_an_objective_with_one_sentence(officer):
    response = begin(officer, "objective", field="funding", text="Rooms without rent")

    draft = Proposal.objects.get()
    assert (draft.kind, draft.state) == ("objective", "draft")
    assert draft.values == {"field": "funding", "title_en": "Rooms without rent"}
    assert response.headers["Location"] == f"/en/workspace/proposals/{draft.pk}/"


def test_builder_shows_the_draft_in_its_field(officer):
    begin(officer, "objective", field="funding", text="ห้องเรียนไม่เสียค่าเช่า")

    steps = officer.get(BUILDER).context["steps"]

    assert [len(step.drafts) for step in steps] == [0, 0, 0, 0, 0, 1]
    assert "ห้องเรียนไม่เสียค่าเช่า" in officer.get(BUILDER).content.decode()


def test_builder_makes_one_draft_of_two_clicks(officer):
    token = uuid.uuid4()

    for _ in range(2):
        begin(officer, "objective", field="funding", text="Rooms without rent", token=token)

    assert Proposal.objects.count() == 1


def test_builder_begins_an_action_for_an_objective(officer, action):
    begin(officer, "action", objective=str(action.objective_id), text="Paint the hall")

    assert Proposal.objects.get().values == {"objective": str(action.objective_id), "title_en": "Paint the hall"}


def test_builder_hands_in_a_small_win_at_once(officer, plan):
    response = begin(officer, "small-win", text="มีคนมาเก้าคน")

    assert Proposal.objects.get().state == "submitted"
    assert response.headers["Location"] == BUILDER


def test_builder_shows_in_the_long_form_what_is_wrong_with_a_small_win(officer):
    response = begin(officer, "small-win", text="Nine people came.")

    draft = Proposal.objects.get()
    assert draft.state == "draft"
    assert response.headers["Location"] == f"/en/workspace/proposals/{draft.pk}/?check=1"


def test_builder_says_that_a_sentence_is_missing(officer):
    response = begin(officer, "objective", field="funding", text=" ")

    assert response.status_code == 400
    assert "Write a sentence first." in response.content.decode()


def test_builder_knows_no_other_kinds(officer):
    assert begin(officer, "milestone", text="x").status_code == 404


@pytest.mark.parametrize(
    ("state", "verb", "after"), [("planned", "start", "under_way"), ("under_way", "finish", "done")]
)
def test_action_is_moved_with_a_button(officer, action, state, verb, after):
    action.state = state
    action.save()

    response = officer.post(f"/en/workspace/plan-actions/{action.pk}/{verb}/")

    action.refresh_from_db()
    assert action.state == after
    assert response.headers["Location"] == f"{BUILDER}#objective-{action.objective_id}"


def test_action_that_somebody_else_moved_meanwhile_is_shown_as_it_stands(officer, action):
    response = officer.post(f"/en/workspace/plan-actions/{action.pk}/finish/", follow=True)

    assert "Somebody else was faster" in response.content.decode()


def test_action_is_stopped_with_its_reason(officer, action):
    officer.post(f"/en/workspace/plan-actions/{action.pk}/stop/", {"reason": "The hall was flooded."})

    action.refresh_from_db()
    assert (action.state, action.reason_en) == ("stopped", "The hall was flooded.")


def test_action_is_not_stopped_without_a_reason(officer, action):
    response = officer.post(f"/en/workspace/plan-actions/{action.pk}/stop/", {"reason": ""})

    assert response.status_code == 400
    assert "Say why it was stopped." in response.content.decode()


def test_action_is_moved_by_no_unknown_word(officer, action):
    assert officer.post(f"/en/workspace/plan-actions/{action.pk}/burn/").status_code == 404


def test_plan_is_closed_and_reopened_by_an_approver(client, plan):
    client.force_login(make_role(city=plan.city, kind="approver").user)

    client.post(f"/en/workspace/plans/{plan.pk}/close/")
    assert "Put it into force again" in client.get(BUILDER).content.decode()
    client.post(f"/en/workspace/plans/{plan.pk}/reopen/")

    plan.refresh_from_db()
    assert plan.state == "in_force"


def test_plan_is_not_reopened_beside_another(client, plan):
    old = make_plan(city=plan.city, state="closed")
    client.force_login(make_role(city=plan.city, kind="approver").user)

    response = client.post(f"/en/workspace/plans/{old.pk}/reopen/", follow=True)

    assert "close that one first" in response.content.decode()


def test_editor_is_not_offered_to_close_the_plan(officer, plan):
    assert "Close this plan" not in officer.get(BUILDER).content.decode()


@pytest.mark.parametrize("of_another_city", [False, True])
def test_a_stranger_sees_and_moves_nothing(client, action, of_another_city):
    client.force_login(make_role(kind="approver").user if of_another_city else make_user())
    paths = [f"plan-actions/{action.pk}/start/", f"plan-actions/{action.pk}/stop/"]
    paths.append(f"plans/{action.objective.plan_id}/close/")

    assert client.get(BUILDER).status_code == 403
    assert begin(client, "objective", field="funding", text="Mine").status_code == 403
    assert [client.post(f"/en/workspace/{path}", {"reason": "x"}).status_code for path in paths] == [403, 403, 403]


def test_a_city_that_does_not_exist_has_no_builder(officer):
    assert officer.get("/en/workspace/atlantis/plan/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_builder_takes_the_same_queries_however_much_is_in_the_plan(officer, plan, rows, django_assert_num_queries):
    for _ in range(rows):
        objective = make_objective(plan=plan)
        make_target(objective=objective)
        make_action(objective=objective)
    officer.get(BUILDER)

    with django_assert_num_queries(18):
        officer.get(BUILDER)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("objective", {"field": "funding", "title_en": "Shown in the preview"}),
        ("small-win", {"note_en": "Shown in the preview", "happened": "2567"}),
    ],
)
def test_preview_shows_a_draft_in_the_public_plan(officer, city, plan, kind, values):
    officer.post(f"/en/workspace/nakhon-tua-yang/new/{kind}/", {"token": str(uuid.uuid4()), "since": "0", **values})
    draft = Proposal.objects.get()

    html = officer.get(f"/en/workspace/proposals/{draft.pk}/preview/").content.decode()

    assert "Shown in the preview" in html
    assert "Learning city plan" in html


def test_preview_shows_a_plan_before_it_is_published(officer, city):
    values = {"title_en": "Shown in the preview", "starts": "2566", "ends": "2570", "adopted": "2566"}
    officer.post("/en/workspace/nakhon-tua-yang/new/plan/", {"token": str(uuid.uuid4()), "since": "0", **values})
    draft = Proposal.objects.get()

    assert "Shown in the preview" in officer.get(f"/en/workspace/proposals/{draft.pk}/preview/").content.decode()
    assert "Shown in the preview" not in officer.get("/en/cities/nakhon-tua-yang/plan/").content.decode()


def test_records_of_the_city_lead_to_the_builder(officer):
    assert f'href="{BUILDER}"' in officer.get("/en/workspace/nakhon-tua-yang/").content.decode()
