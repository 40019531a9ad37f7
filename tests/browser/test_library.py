"""Places and resources to learn: a reader chooses a stage of life and a need, finds something, and goes there."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learningcity.common.week import read_week
from tests.browser.steps import insist_on_accessibility_by_day_and_night, press, reach
from tests.factories.cities import make_city
from tests.factories.library import make_place, make_resource
from tests.factories.pictures import make_ready_picture
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = pytest.mark.parametrize("home", ["/", "/en/"])


@pytest.fixture(autouse=True)
def _known():
    """A place and resources with long words in every part."""
    city = make_city(slug="nakhon-tua-yang", name_th="นครตัวอย่าง", name_en="Sample City")
    source = make_source(url=f"https://example.org/{'x' * 120}")
    said = {"summary_th": "ก" * 400, "summary_en": "Wide " * 80, "url": f"https://example.org/{'y' * 200}"}
    make_place(
        slug="museum",
        city=city,
        source=source,
        name_th="พิพิธภัณฑ์ตัวอย่าง",
        name_en="Sample Museum",
        kind="museum",
        latitude="16.43800",
        longitude="102.83700",
        access=["wheelchair", "guide_paths", "sign_language"],
        stages=["older"],
        address_en="Main Road " * 20,
        area_en="Sample District",
        subjects=["arts"],
        weekly=read_week("Tue-Fri 9:00-12:00, 13:00-17:00; Sat-Sun 10:00-20:00"),
        photo=make_ready_picture(published_at=timezone.now()),
        hours_en="every day " * 20,
        contact="a" * 90 + "@example.org",
        **said,
    )
    make_resource(
        slug="film",
        city=city,
        source=source,
        title_th="ข" * 120,
        title_en="Film " * 30,
        stages=["youth"],
        languages=["th", "nod", "tsq"],
        levels=["primary", "non_formal"],
        audiences=["learner", "teacher"],
        access=["captions", "signLanguage"],
        minutes=95,
        cost="free",
        authors="A" * 200,
        **said,
    )


@LANGUAGES
def test_reader_finds_a_place_by_keyboard(page, live_server, home):
    page.goto(f"{live_server.url}{home}library/")
    insist_on_accessibility_by_day_and_night(page)
    press(page, '.stages a[href*="stage=older"]')
    expect(page.locator(".learning > li")).to_have_count(1)
    expect(page.locator('.stages a[aria-current="true"]')).to_have_count(1)
    press(page, ".learning h3 a")
    insist_on_accessibility_by_day_and_night(page)

    assert page.url == f"{live_server.url}{home}library/places/museum/"


@LANGUAGES
def test_reader_narrows_the_list_without_a_new_page_and_is_told_how_many_there_are(page, live_server, home):
    page.goto(f"{live_server.url}{home}library/?stage=youth")
    reach(page, ".further > summary")
    page.keyboard.press("Enter")
    page.select_option("[name=need]", "hearing")
    page.wait_for_url("**need=hearing**")

    expect(page.locator(".learning > li")).to_have_count(1)
    expect(page.locator('.stages a[aria-current="true"]')).to_have_count(1)
    expect(page.locator("#found")).to_have_text(re.compile("1"))
    expect(page.locator("details.further")).to_have_attribute("open", "")
    insist_on_accessibility_by_day_and_night(page)
    press(page, '.in-use a[href$="?stage=youth"]')
    expect(page.locator(".in-use li")).to_have_count(1)


@LANGUAGES
@pytest.mark.parametrize("path", ["library/film/", "library/places/", "library/?stage=early&subject=money"])
def test_page_is_for_everybody(page, live_server, home, path):
    page.goto(f"{live_server.url}{home}{path}")

    insist_on_accessibility_by_day_and_night(page)


@LANGUAGES
@pytest.mark.parametrize(
    "path", ["library/", "library/?kind=game&need=quiet", "library/film/", "library/places/", "library/places/museum/"]
)
def test_page_does_not_scroll_sideways_on_a_phone(page, live_server, home, path):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{home}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == 360
