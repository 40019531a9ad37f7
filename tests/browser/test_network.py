"""The network of partners: read by keyboard, in both languages, in the dark, and without JavaScript."""

import pytest

from tests.browser.steps import insist_on_accessibility_by_day_and_night, path_of, reach
from tests.factories.cities import make_city
from tests.factories.partners import make_agreement, make_commitment, make_organization, make_party
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTORS = ["public", "private", "education", "civil_society"]


@pytest.fixture(autouse=True)
def _sixty_two():
    """One agreement of sixty-two, some of whom kept a promise, and one of them in a second agreement."""
    source = make_source()
    city = make_city(slug="sample-city", name_th="เมืองตัวอย่าง", name_en="Sample City")
    first, second = (make_agreement(city=city, source=source) for _ in range(2))
    for number in range(62):
        one = make_organization(
            slug=f"sample-{number}",
            name_th=f"ตัวอย่างหน่วยงานที่มีชื่อยาวพอสมควร {number}",
            name_en=f"Sample organization with a long name {number}",
            sector=SECTORS[number % 4],
            source=source,
        )
        make_party(agreement=first, organization=one, source=source)
        if number < 6:
            make_commitment(organization=one, city=city, state="kept", program_th="โครงการตัวอย่าง", program_en="Sample")
    make_party(agreement=second, organization=one, source=source)


@pytest.mark.parametrize("home", ["/", "/en/"])
def test_network_is_accessible(page, live_server, home):
    for path in ("", "?ties=all&without=sample-61", "?sort=-kept", "picture/"):
        page.goto(f"{live_server.url}{home}partners/network/{path}")

        insist_on_accessibility_by_day_and_night(page)


def test_network_leads_by_keyboard_to_an_organization_and_past_the_picture(page, live_server):
    page.goto(f"{live_server.url}/en/partners/network/")
    reach(page, "figure.network a[href='/en/organizations/sample-0/']")

    assert page.evaluate("getComputedStyle(document.activeElement.querySelector('use')).strokeWidth") == "6px"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert path_of(page, live_server) == "/en/organizations/sample-0/"

    page.go_back()
    reach(page, ".past-picture[href='#table']")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#table')")


@pytest.mark.parametrize("home", ["/", "/en/"])
def test_network_has_no_name_over_another(page, live_server, home):
    page.goto(f"{live_server.url}{home}partners/network/?ties=all")

    boxes = page.evaluate(
        """() => [...document.querySelectorAll('figure.network text.name')].map(name => {
            const box = name.getBBox(); return [box.x, box.y, box.x + box.width, box.y + box.height, name.textContent];
        })"""
    )
    assert len(boxes) > 30
    # Letters may touch with what stands above and below them, where nothing is drawn.
    over = [
        (one[4], other[4])
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] + 4 < other[3] and other[1] + 4 < one[3]
    ]
    assert over == []


def test_network_fits_a_phone(page, live_server):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/partners/network/")

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_network_on_a_phone_is_shown_whole_and_leads_to_its_full_size(phone, live_server):
    phone.goto(f"{live_server.url}/partners/network/")
    picture = phone.locator("figure.network.overview")

    assert not phone.locator("figure.network.in-full").is_visible()
    assert picture.locator("img").bounding_box()["width"] <= 360
    with phone.expect_navigation():
        picture.locator("a").click()
    assert path_of(phone, live_server) == "/partners/network/picture/"
