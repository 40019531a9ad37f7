"""Whoever looks after pictures: uploads one by keyboard, sees its sizes come, and takes it back."""

import pytest

from learningcity.pictures.models import Picture
from learningcity.pictures.tasks import make_renditions
from tests.browser.steps import insist_on_accessibility, insist_on_accessibility_by_day_and_night, path_of, reach
from tests.factories.cities import make_city, make_role
from tests.factories.pictures import file_of, make_picture, make_ready_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer():
    return make_role(city=make_city(slug="khon-kaen"), kind="approver").user


@pytest.fixture
def signed_in(live_server, client, officer):
    """Lets the officer in, on the page that is given."""
    client.force_login(officer)
    return lambda page: page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def press(page, selector):
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page, selector, words):
    reach(page, selector)
    page.keyboard.type(words)


def fill_in(page):
    write(page, "#id_alt_th", "ผู้สูงอายุเรียนใช้แท็บเล็ต")
    write(page, "#id_author", "ผู้ถ่ายภาพตัวอย่าง")
    write(page, "#id_license", "CC BY 4")
    write(page, "#id_consent", "n")


def test_officer_uploads_a_picture_sees_its_sizes_come_and_withdraws_it(page, live_server, signed_in, complaints):
    signed_in(page)
    page.goto(f"{live_server.url}/en/pictures/")
    press(page, "a[href*='/pictures/upload/']")
    reach(page, "#id_original")
    page.set_input_files("#id_original", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7"})
    fill_in(page)
    press(page, "main form .button")

    assert "This is a PDF" in page.inner_text(".error-summary")
    insist_on_accessibility(page)
    assert page.input_value("#id_alt_th") == "ผู้สูงอายุเรียนใช้แท็บเล็ต"
    # The browser tells its console of every form that is sent back.
    assert ["400 (Bad Request)" in words for words in complaints.words] == [True]
    complaints.words.clear()

    page.set_input_files("#id_original", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": file_of()})
    press(page, "main form .button")
    picture = Picture.objects.get()
    assert path_of(page, live_server) == f"/en/pictures/{picture.pk}/"
    assert "0 of 6 sizes are made." in page.inner_text("#progress")

    make_renditions(picture.pk)
    page.wait_for_selector("#progress img.preview")
    assert "All 6 sizes are made." in page.inner_text("#progress")

    press(page, "a[href$='/withdraw/']")
    reach(page, "[name=reason]")
    page.keyboard.press("Space")
    press(page, "main form .button")
    assert page.inner_text("h1") == "Withdrawn picture"


def test_pictures_are_looked_after_without_javascript(browser, live_server, signed_in):
    page = browser.new_context(java_script_enabled=False).new_page()
    signed_in(page)
    page.goto(f"{live_server.url}/pictures/upload/?place=khon-kaen")
    page.set_input_files("#id_original", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": file_of()})
    page.fill("#id_alt_th", "ห้องสมุด")
    page.fill("#id_author", "ตัวอย่าง")
    page.select_option("#id_license", "cc0")
    page.select_option("#id_consent", "nobody")
    with page.expect_navigation():
        page.click("main form .button")
    make_renditions(Picture.objects.get().pk)
    with page.expect_navigation():
        page.click("#progress a")

    assert page.is_visible("#progress img.preview")
    page.context.close()


@pytest.mark.parametrize("prefix", ["/", "/en/"])
@pytest.mark.parametrize(
    "path", ["?place=khon-kaen", "upload/?place=khon-kaen", "{ready}/", "{making}/", "{ready}/withdraw/"]
)
def test_page_has_no_violation_that_axe_finds(page, live_server, signed_in, prefix, path):
    numbers = {
        "ready": make_ready_picture(place="khon-kaen", alt_en="").pk,
        "making": make_picture(place="khon-kaen").pk,
    }
    signed_in(page)
    page.goto(f"{live_server.url}{prefix}pictures/{path.format(**numbers)}")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})

        insist_on_accessibility_by_day_and_night(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
