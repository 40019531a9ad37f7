"""Indicators: read in both languages, by day and by night, on a phone, by keyboard and without JavaScript."""

import datetime as dt
from itertools import pairwise

import pytest

from tests.browser.steps import insist_on_accessibility_by_day_and_night, path_of, reach
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "indicators/",
    "indicators/learners/",
    "indicators/compare/?indicator=learners&city=sample-0&city=sample-1&city=sample-2&city=sample-3",
    "cities/sample-0/indicators/",
]
YEAR = {"observed_precision": "year"}


@pytest.fixture(autouse=True)
def _cities():
    """Five cities over eight years, one of them with a gap, doubts, a contradiction, and a few people of some kinds."""
    source, other = make_source(), make_source()
    learners = make_indicator(slug="learners", name_th="ผู้เรียนในศูนย์การเรียนรู้ตลอดชีวิต", name_en="Learners in centers")
    for number in range(5):
        city = make_city(slug=f"sample-{number}", name_th=f"เมืองตัวอย่าง {number}", name_en=f"Sample City {number}")
        same = {"city": city, "indicator": learners, "source": source, **YEAR}
        for year in (2015, 2016, 2018, 2019, 2020, 2021, 2022, 2023):
            certainty = "uncertain" if year == 2019 else "stated"
            qualifier = "about" if year == 2021 else "exact"
            value = 1000 * (number + 1) + 37 * (year - 2000)
            said = {"value": value, "certainty": certainty, "qualifier": qualifier}
            make_observation(observed_on=dt.date(year, 1, 1), **said, **same)
        newest = dt.date(2023, 1, 1)
        make_observation(observed_on=newest, value=1234 * (number + 1), **{**same, "source": other})
        for sex, value in (("female", 4), ("male", 1847)):
            make_observation(observed_on=newest, sex=sex, value=value, **same)
        for code, value in (("4001", 1200), ("4002", 651)):
            place = {"district_code": code, "district_th": f"อำเภอ {code}", "district_en": f"District {code}"}
            make_observation(observed_on=newest, value=value, **place, **same)


@pytest.mark.parametrize("home", ["/", "/en/"])
@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_violation_that_axe_finds_and_fits(page, live_server, home, path):
    page.goto(live_server.url + home + path)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})

        insist_on_accessibility_by_day_and_night(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_words_of_charts_keep_their_size_and_lie_on_the_page_of_a_phone(phone, live_server):
    for path in PAGES[1:]:
        phone.goto(f"{live_server.url}/{path}")

        boxes = phone.evaluate(
            """() => [...document.querySelectorAll('.chart text')].map(text => {
                const box = text.getBoundingClientRect(); return [box.left, box.right, box.height, text.textContent];
            })"""
        )
        assert len(boxes) > 5
        assert [box for box in boxes if box[0] < 0 or box[1] > 360 or box[2] < 11] == []


def test_names_at_the_ends_of_lines_do_not_lie_over_each_other(phone, live_server):
    phone.goto(f"{live_server.url}/{PAGES[2]}")

    names = phone.evaluate(
        """() => [...document.querySelectorAll('.chart:first-of-type text:has(tspan)')].map(text => {
            const box = text.getBBox(); return [box.y, box.y + box.height];
        })"""
    )
    assert len(names) == 4
    assert [one for one, other in pairwise(names) if other[0] + 4 < one[1]] == []


def test_cities_are_chosen_and_compared_without_javascript(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/indicators/")
    page.get_by_role("link", name="Compare cities").click()
    page.select_option("select[name=indicator]", "learners")
    page.get_by_role("button", name="Go on to the cities").click()
    page.get_by_label("Sample City 0").check()
    page.get_by_label("Sample City 4").check()
    page.get_by_role("button", name="Show").click()

    assert page.locator("figure.chart").count() == 2
    assert "city=sample-0&city=sample-4" in page.url
    page.context.close()


def test_reader_comes_by_keyboard_from_an_indicator_to_the_numbers_of_a_city(page, live_server):
    page.goto(f"{live_server.url}/en/indicators/learners/")
    reach(page, ".panels a[href='/en/cities/sample-0/indicators/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert path_of(page, live_server) == "/en/cities/sample-0/indicators/"


def test_picture_as_a_file_is_whole_svg_to_the_browser(page, live_server):
    page.goto(f"{live_server.url}/indicators/")

    told = page.evaluate(
        """async () => {
            const text = await (await fetch('/indicators/learners.svg')).text();
            const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
            return [picture.documentElement.tagName, picture.querySelectorAll('text').length > 20];
        }"""
    )
    assert told == ["svg", True]
