import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.browser.steps import insist_on_accessibility
from tests.factories.cities import make_city, make_membership, make_milestone, make_network, make_profile, make_province
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def khon_kaen():
    city = make_city(
        slug="khon-kaen",
        name_th="ขอนแก่น",
        name_en="Khon Kaen",
        latitude="16.438",
        longitude="102.837",
        location_source=make_source(),
        uncertainty_th="เมืองหรือจังหวัด",
    )
    make_membership(("active", dt.date(2024, 2, 14)), city=city, network=make_network(scope="global"))
    make_profile(city=city, vision_th="", vision_en="Learning for all.")
    make_milestone(city=city, happened_on=dt.date(2024, 9, 17))
    partners = make_indicator(name_th="ภาคี", unit_th="หน่วยงาน", definition_th="ผู้ลงนาม")
    make_observation(city=city, indicator=partners, value=62)
    make_observation(city=city, indicator=partners, value=59, qualifier="more_than")
    return city


@pytest.fixture
def satun():
    return make_city(slug="satun", name_th="สตูล", name_en="Satun", province=make_province(region="south"))


def test_cities_are_narrowed_without_loading_the_page_anew(page, live_server, khon_kaen, satun):
    page.goto(f"{live_server.url}/cities/")
    page.evaluate("document.body.dataset.same = 'yes'")

    page.locator("select[name=region]").select_option("south")
    expect(page.locator(".city-row")).to_have_count(1)

    assert page.locator(".city-row h2").all_inner_texts() == ["สตูล"]
    assert page.evaluate("document.body.dataset.same") == "yes"
    after_swap = page.locator("#results").inner_html().strip()
    page.reload()
    assert page.locator("#results").inner_html().strip() == after_swap


def test_city_is_reached_by_keyboard_from_the_map(page, live_server, khon_kaen):
    page.goto(f"{live_server.url}/cities/")

    page.locator(".city-map a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/khon-kaen/")

    assert page.locator("h1").inner_text() == "ขอนแก่น"


def test_city_shows_a_source_on_demand_by_keyboard(page, live_server, khon_kaen):
    page.goto(f"{live_server.url}/cities/khon-kaen/")
    definition = page.get_by_text("ผู้ลงนาม").first

    assert not definition.is_visible()
    page.locator(".figures summary").first.focus()
    page.keyboard.press("Enter")

    definition.wait_for(state="visible")


def test_city_references_lead_to_their_source(page, live_server, khon_kaen):
    page.goto(f"{live_server.url}/en/cities/khon-kaen/")

    references = page.locator(".ref a").evaluate_all("links => links.map(link => link.getAttribute('href'))")

    assert references
    assert [anchor for anchor in references if page.locator(anchor).count() != 1] == []


def test_city_changes_the_language_and_keeps_the_page(page, live_server, khon_kaen):
    page.goto(f"{live_server.url}/cities/khon-kaen/")

    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/cities/khon-kaen/")

    assert page.locator("h1").inner_text() == "Khon Kaen"


@pytest.mark.parametrize(
    "path", ["/", "/cities/", "/cities/khon-kaen/", "/cities/khon-kaen/print/", "/cities/khon-kaen/profiles/1/"]
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_fit_a_phone_and_axe_finds_nothing(phone, live_server, khon_kaen, path, language):
    phone.goto(f"{live_server.url}{language}{path}")

    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    insist_on_accessibility(phone)


def test_city_in_the_dark_has_no_violation(browser, live_server, khon_kaen):
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/cities/khon-kaen/")

    insist_on_accessibility(page)
    context.close()
