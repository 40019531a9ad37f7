"""The journeys of people who read: from the home page through the search to a city and its source, and back."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from learningcity.search.actions import reindex_all
from tests.browser.steps import insist_on_accessibility_by_day_and_night, path_of, reach
from tests.factories.cities import (
    make_authority,
    make_city,
    make_membership,
    make_milestone,
    make_network,
    make_profile,
)
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.practices import make_answer, make_figure, make_practice
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = pytest.mark.parametrize(
    ("home", "words", "name"), [("/", "ขอนแก่น", "ขอนแก่น"), ("/en/", "khonkaen", "Khon Kaen")]
)
PAGES = ["", "cities/", "cities/khon-kaen/", "practices/rooms/", "sources/", "search/?q=khon", "about/", "styleguide/"]


@pytest.fixture(autouse=True)
def _khon_kaen():
    """One city with something under every heading."""
    source = make_source(slug="report", title_th="รายงาน", title_en="Report")
    city = make_city(
        slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen", location_source=source, latitude=16.4, longitude=102.8
    )
    make_membership(("active", dt.date(2024, 2, 14)), city=city, network=make_network(slug="unesco-gnlc"))
    make_authority(city=city, source=source)
    make_profile(city=city, source=source)
    make_milestone(city=city, source=source)
    practice = make_practice(slug="rooms", title_th="ห้องเรียน", title_en="Rooms", city=city, source=source)
    make_answer(practice=practice, source=source)
    indicator = make_indicator()
    make_observation(city=city, indicator=indicator, value=9206)
    make_figure(practice=practice, observation=make_observation(city=city, indicator=indicator, value=9012))
    reindex_all()


@LANGUAGES
def test_reader_goes_from_home_through_search_to_a_city_and_its_source_and_back(page, live_server, home, words, name):
    page.goto(live_server.url + home)
    page.fill("#home-search", words)
    page.press("#home-search", "Enter")
    page.locator(".hits").get_by_role("link", name=name, exact=True).click()

    assert page.inner_text("h1") == name
    assert path_of(page, live_server) == f"{home}cities/khon-kaen/"

    page.click("#sources a[href$='/sources/report/']")

    assert path_of(page, live_server) == f"{home}sources/report/"
    page.go_back()
    assert page.inner_text("h1") == name


def test_reader_walks_the_same_way_by_keyboard_alone(page, live_server):
    page.goto(live_server.url)
    reach(page, "#home-search")
    page.keyboard.type("ขอนแก่น")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach(page, ".hits a[href='/cities/khon-kaen/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach(page, "#sources a[href='/sources/report/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.inner_text("h1") == "รายงาน"


def test_keyboard_skips_the_head_of_the_page(page, live_server):
    page.goto(live_server.url + "/cities/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize(
    "path", ["cities/khon-kaen/", "practices/rooms/", "search/?q=khon+kaen", "sources/?kind=official"]
)
def test_language_switch_keeps_the_page(page, live_server, path):
    page.goto(f"{live_server.url}/{path}")

    page.click(".language a")
    assert path_of(page, live_server) == f"/en/{path}"
    assert page.get_attribute("html", "lang") == "en"

    page.click(".language a")
    assert path_of(page, live_server) == f"/{path}"
    assert page.get_attribute("html", "lang") == "th"


def test_answers_come_while_somebody_is_typing_and_are_the_same_after_reload(page, live_server):
    page.goto(live_server.url + "/en/search/")
    page.type("#q", "khon k", delay=20)
    page.wait_for_selector(".hits mark")
    page.wait_for_url("**/en/search/?q=khon%20k")
    typed = page.inner_text("#results")
    page.reload()

    assert page.inner_text("#results") == typed


def test_filter_changes_the_list_and_the_back_button_undoes_it(page, live_server):
    make_practice(title_en="Gardens", theme="decent_work")
    page.goto(live_server.url + "/en/practices/")
    page.select_option("select[name=theme]", "decent_work")
    page.wait_for_url("**theme=decent_work*")
    expect(page.locator("#results h3")).to_have_count(1)

    page.go_back()
    expect(page.locator("#results h3")).to_have_count(2)


def test_everything_can_be_read_without_javascript(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/en/")
    page.fill("#home-search", "khon kaen")
    page.press("#home-search", "Enter")
    page.locator(".hits").get_by_role("link", name="Khon Kaen", exact=True).click()

    assert page.inner_text("h1") == "Khon Kaen"
    page.context.close()


@pytest.mark.parametrize("prefix", ["/", "/en/"])
@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_violation_that_axe_finds(page, live_server, prefix, path):
    page.goto(live_server.url + prefix + path)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})

        insist_on_accessibility_by_day_and_night(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("home", ["/", "/en/"])
def test_menu_of_a_phone_stands_in_two_rows_with_nothing_out_of_sight(phone, live_server, home):
    phone.goto(f"{live_server.url}{home}about/")
    places = phone.eval_on_selector_all(
        ".main-nav a", "links => links.map(link => link.getBoundingClientRect()).map(place => [place.top, place.right])"
    )

    assert len(places) == 7
    assert len({top for top, _right in places}) == 2
    assert max(right for _top, right in places) <= 360
