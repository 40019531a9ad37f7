"""The way of a correction: an officer writes, an approver sends it back and then publishes it, a visitor reads it."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from learningcity.moderation.models import Proposal
from learningcity.opendata.models import Observation
from tests.browser.steps import (
    click,
    insist_on_accessibility,
    insist_on_accessibility_by_day_and_night,
    path_of,
    press,
    reach,
)
from tests.factories.cities import make_city, make_profile, make_role
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = pytest.mark.parametrize("home", ["/", "/en/"])
SAVED = "[data-saved-state]:not(.waiting) >> text=/\\d\\d:\\d\\d/"


@pytest.fixture
def city():
    return make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")


@pytest.fixture
def number(city):
    source = make_source(slug="report", title_th="รายงานประจำปี", title_en="Annual report")
    indicator = make_indicator(name_th="ผู้เรียน", name_en="Learners", unit_th="คน", unit_en="people")
    return make_observation(city=city, indicator=indicator, value=62, source=source, observed_on=dt.date(2024, 1, 1))


@pytest.fixture
def people(city):
    """One who writes and one who approves, each with a browser of their own to come."""
    return {kind: make_role(city=city, kind=kind).user for kind in ("editor", "approver")}


@pytest.fixture
def come_in(client, live_server, people):
    """Let one of them be signed in in a browser."""

    def signed_in(page, kind):
        client.force_login(people[kind])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.clear_cookies()
        page.context.add_cookies([cookie])
        return page

    return signed_in


@pytest.fixture
def window(browser):
    """Open browsers that forget each other, and close them whatever happens."""
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@LANGUAGES
def test_number_is_corrected_sent_back_mended_published_and_read(page, live_server, number, come_in, home):
    come_in(page, "editor").goto(f"{live_server.url}{home}workspace/khon-kaen/")
    insist_on_accessibility(page)
    click(page, f"a[href$='/workspace/edit/fact/{number.pk}/']")
    insist_on_accessibility(page)
    page.fill("[name=value]", "95")
    page.select_option("[name=source]", "new")
    page.fill("[name=source_title]", "รายงานตัวอย่าง")
    page.wait_for_selector(SAVED)
    proposal = Proposal.objects.get()
    assert path_of(page, live_server) == f"{home}workspace/proposals/{proposal.pk}/"
    page.select_option("[name=source]", "report")
    click(page, "button[value=submit]:not([aria-hidden])")
    insist_on_accessibility(page)
    click(page, "main form .button.primary")

    come_in(page, "approver").goto(f"{live_server.url}{home}workspace/")
    click(page, f"a[href$='/queue/{proposal.pk}/']")
    insist_on_accessibility(page)
    page.fill("[name=reason]", "59")
    click(page, "[name=send_back]")

    come_in(page, "editor").goto(f"{live_server.url}{home}workspace/")
    click(page, f"main a[href$='/proposals/{proposal.pk}/']")
    assert page.locator("main .notice .said").first.inner_text() == "59"
    page.fill("[name=value]", "59")
    click(page, "button[value=preview]:not([aria-hidden])")
    assert page.locator(".preview-banner").is_visible()
    insist_on_accessibility(page)
    assert Observation.objects.get().value == 62
    page.goto(f"{live_server.url}{home}workspace/proposals/{proposal.pk}/submit/")
    click(page, "main form .button.primary")

    come_in(page, "approver").goto(f"{live_server.url}{home}workspace/queue/{proposal.pk}/")
    assert "62" in page.locator("main del").first.inner_text()
    click(page, "[name=now]")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}{home}cities/khon-kaen/")
    assert "59" in page.locator("main").inner_text()
    page.goto(f"{live_server.url}{home}history/fact/{number.pk}/")
    insist_on_accessibility(page)
    assert "59" in page.locator("main ins").first.inner_text()
    assert Observation.objects.get().value == 59


def test_the_same_way_by_keyboard_alone(page, live_server, number, come_in):
    come_in(page, "editor").goto(f"{live_server.url}/workspace/")
    press(page, "main a[href='/workspace/khon-kaen/']")
    press(page, f"a[href$='/workspace/edit/fact/{number.pk}/']")
    reach(page, "[name=value]")
    page.keyboard.press("Control+A")
    page.keyboard.type("59")
    press(page, "button[value=submit]:not([aria-hidden])")
    reach(page, "[name=note]")
    page.keyboard.type("ตามรายงาน")
    press(page, "main form .button.primary")

    come_in(page, "approver").goto(f"{live_server.url}/workspace/queue/")
    press(page, "main table a")
    press(page, "[name=now]")

    assert Observation.objects.get().value == 59


def test_the_same_way_without_javascript(window, live_server, number, come_in):
    page = window(java_script_enabled=False, viewport={"width": 360, "height": 740})
    come_in(page, "editor").goto(f"{live_server.url}/en/workspace/edit/fact/{number.pk}/")
    page.fill("[name=value]", "fifty-nine")
    click(page, "button[value=submit]:not([aria-hidden])")
    assert page.locator(".error-summary a").get_attribute("href") == "#id_value"
    assert page.input_value("[name=value]") == "fifty-nine"
    page.fill("[name=value]", "59")
    click(page, "button[value=submit]:not([aria-hidden])")
    click(page, "main form .button.primary")

    come_in(page, "approver").goto(f"{live_server.url}/en/workspace/queue/")
    click(page, "main table a")
    click(page, "[name=now]")

    assert Observation.objects.get().value == 59


def test_line_that_is_cut_in_the_middle_of_typing_loses_nothing(window, live_server, city, come_in):
    make_profile(city=city, vision_en="")
    page = come_in(window(), "editor")
    page.goto(f"{live_server.url}/en/workspace/edit/profile/{city.pk}/")
    page.locator("[name=vision_en]").press_sequentially("Everybody learns", delay=5)
    page.wait_for_selector(SAVED)
    page.context.set_offline(True)
    page.locator("[name=vision_en]").press_sequentially(", everywhere", delay=5)
    expect(page.locator("[data-saved-state]")).to_contain_text("kept in this browser")
    page.click("button[value=submit]:not([aria-hidden])")
    assert page.input_value("[name=vision_en]") == "Everybody learns, everywhere"
    assert Proposal.objects.get().values["vision_en"] == "Everybody learns"

    # Closed and opened again, once more without having been sent.
    address = page.url
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(address)

    page.wait_for_selector(SAVED)
    assert page.input_value("[name=vision_en]") == "Everybody learns, everywhere"
    expect_saved("vision_en", "Everybody learns, everywhere", page)


def expect_saved(name, text, page):
    """Wait until the draft says this."""
    for _ in range(50):
        if Proposal.objects.get().values.get(name) == text:
            return
        page.wait_for_timeout(100)
    assert Proposal.objects.get().values.get(name) == text


def test_who_is_signed_out_in_another_tab_goes_on_after_signing_in_again(window, live_server, city, people, come_in):
    make_profile(city=city, vision_en="")
    people["editor"].set_password("a long enough password")
    people["editor"].save()
    EmailAddress.objects.create(user=people["editor"], email=people["editor"].email, verified=True, primary=True)
    page = come_in(window(), "editor")
    page.goto(f"{live_server.url}/en/workspace/edit/profile/{city.pk}/")
    page.fill("[name=vision_en]", "Everybody")
    page.wait_for_selector(SAVED)
    other = page.context.new_page()
    other.goto(f"{live_server.url}/en/account/logout/")
    click(other, "main form .button")
    page.fill("[name=vision_en]", "Everybody learns")
    expect(page.locator("[data-saved-state]")).to_contain_text("nothing is lost")

    other.goto(f"{live_server.url}/en/account/login/")
    other.fill("[name=login]", people["editor"].email)
    other.fill("[name=password]", "a long enough password")
    click(other, "main form .button.primary")

    page.wait_for_selector(SAVED, timeout=30_000)
    assert Proposal.objects.get().values["vision_en"] == "Everybody learns"


def test_two_tabs_show_both_texts_and_the_person_chooses(window, live_server, city, come_in):
    make_profile(city=city, vision_en="", mission_en="")
    first = come_in(window(), "editor")
    first.goto(f"{live_server.url}/en/workspace/edit/profile/{city.pk}/")
    first.fill("[name=mission_en]", "We begin")
    first.wait_for_selector(SAVED)
    second = first.context.new_page()
    second.goto(first.url)

    # A field that only one tab touches follows by itself in the other.
    first.fill("[name=mission_en]", "We have begun")
    expect(second.locator("[name=mission_en]")).to_have_value("We have begun")
    second.context.set_offline(True)
    second.fill("[name=vision_en]", "from the second tab")
    first.fill("[name=vision_en]", "from the first tab")
    second.wait_for_timeout(1500)
    second.context.set_offline(False)

    for _ in range(100):
        if first.locator(".clash").count() or second.locator(".clash").count():
            break
        first.wait_for_timeout(100)
    asked = second if second.locator(".clash").count() else first
    insist_on_accessibility(asked)
    mine = asked.input_value("[name=vision_en]")
    asked.locator(".clash button").first.click()

    expect_saved("vision_en", mine, asked)


@LANGUAGES
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.usefixtures("number")
def test_pages_of_the_workspace_fit_and_axe_finds_nothing(page, live_server, come_in, home, width):
    number = Observation.objects.get()
    page.set_viewport_size({"width": width, "height": 800})
    paths = ["workspace/", "workspace/khon-kaen/", "workspace/khon-kaen/?kind=fact", "workspace/queue/"]
    paths += ["workspace/reports/", f"workspace/edit/fact/{number.pk}/", "workspace/khon-kaen/new/milestone/"]
    paths += [f"workspace/history/fact/{number.pk}/", "report/?page=/cities/khon-kaen/"]
    come_in(page, "approver")
    for path in paths:
        assert page.goto(f"{live_server.url}{home}{path}").status == 200
        insist_on_accessibility_by_day_and_night(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
