"""A plan grows: an officer begins an objective with one sentence, an approver publishes it, a visitor sees how far it has come."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from learningcity.moderation.models import Proposal
from learningcity.plans.models import Objective
from tests.browser.steps import click, insist_on_accessibility, press, reach
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.plans import make_action, make_objective, make_plan, make_target, make_win

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = pytest.mark.parametrize("home", ["/", "/en/"])
BUILDER = "workspace/nakhon-tua-yang/plan/"


@pytest.fixture
def city():
    return make_city(slug="nakhon-tua-yang", name_th="นครตัวอย่าง", name_en="Sample City")


@pytest.fixture
def number(city):
    indicator = make_indicator(name_th="แหล่งเรียนรู้", name_en="Places to learn", unit_th="แห่ง", unit_en="places")
    make_observation(city=city, indicator=indicator, value=93, observed_on=dt.date(2026, 9, 30))
    return make_observation(city=city, indicator=indicator, value=62)


@pytest.fixture
def come_in(client, live_server, city):
    """Let a visitor, or somebody with a role in the city, come to a page."""

    def came_in(page, path, kind=""):
        page.context.clear_cookies()
        if kind:
            client.force_login(make_role(city=city, kind=kind).user)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            page.context.add_cookies([cookie])
        page.goto(f"{live_server.url}{path}")
        return page

    return came_in


@LANGUAGES
def test_objective_begins_with_a_sentence_and_is_measured_in_public(page, number, come_in, home):
    make_plan(city=number.city)
    come_in(page, f"{home}{BUILDER}", "editor")
    insist_on_accessibility(page)
    page.fill("#begin-accessibility", "ทุกชุมชนมีที่เรียน")
    click(page, "#accessibility .begin button")
    insist_on_accessibility(page)
    page.select_option("[name=target1_indicator]", number.indicator.slug)
    page.select_option("[name=target1_baseline]", str(number.pk))
    page.fill("[name=target1_value]", "๑๒๔")
    page.fill("[name=target1_due]", "2570")
    click(page, "button[value=submit]:not([aria-hidden])")
    click(page, "main form .button.primary")
    proposal = Proposal.objects.get()

    come_in(page, f"{home}workspace/queue/{proposal.pk}/", "approver")
    click(page, "[name=now]")
    come_in(page, f"{home}cities/nakhon-tua-yang/plan/#objective-{Objective.objects.get().pk}")

    insist_on_accessibility(page)
    expect(page.locator("article.objective h3")).to_have_text("ทุกชุมชนมีที่เรียน")
    assert "50%" in page.locator("figure.target figcaption").inner_text()
    expect(page.locator("svg.target-bar .now")).to_have_count(1)


def test_small_win_and_state_of_an_action_by_keyboard_alone(page, city, come_in):
    action = make_action(objective=make_objective(plan=make_plan(city=city)))
    come_in(page, f"/{BUILDER}", "editor")

    reach(page, "#win-text")
    page.keyboard.type("มีคนมาเก้าคนในคืนแรก")
    press(page, "#small-win button")
    assert Proposal.objects.get().state == "submitted"
    press(page, f"form[action$='/{action.pk}/start/'] button")

    action.refresh_from_db()
    assert action.state == "under_way"


def test_plan_is_built_and_read_without_javascript_on_a_phone(browser, come_in):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = come_in(context.new_page(), f"/en/{BUILDER}", "editor")
    page.fill("#begin-funding", "Rooms without rent")
    click(page, "#funding .begin button")

    assert page.input_value("[name=title_en]") == "Rooms without rent"
    context.close()


@LANGUAGES
@pytest.mark.parametrize("path", ["cities/nakhon-tua-yang/plan/", "plans/", BUILDER])
def test_pages_of_a_plan_fit_on_a_phone(phone, number, come_in, home, path):
    objective = make_objective(plan=make_plan(city=number.city), title_th="ก" * 120, title_en="A" * 120)
    make_target(objective=objective, baseline=number)
    make_action(objective=objective, title_th="ก" * 120, title_en="A" * 120)
    make_win(plan=objective.plan)

    come_in(phone, f"{home}{path}", "editor")

    insist_on_accessibility(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    # Pictures come beside it.
    assert len(phone.content().encode()) < 150_000
