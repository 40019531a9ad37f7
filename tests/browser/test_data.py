"""Data: an officer brings a table and describes it, a visitor finds it, looks into it and takes it away."""

import pytest
from playwright.sync_api import expect

from learningcity.cities.models import City
from learningcity.moderation.models import Proposal
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Upload
from learningcity.opendata.tasks import examine_upload
from tests.browser.steps import insist_on_accessibility, insist_on_accessibility_by_day_and_night, reach
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_dataset, make_part, make_upload, make_version
from tests.factories.tables import COLUMNS, ROWS, make_table_part

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = pytest.mark.parametrize("home", ["/", "/en/"])
DATA = "workspace/nakhon-tua-yang/data/"
TABLE = "โรงเรียน,นักเรียน,วันที่\nวัดกลาง,120,17/9/2567\nเทศบาล 1,,18/9/2567\n".encode()
FILE = {"name": "schools.csv", "mimeType": "text/csv", "buffer": TABLE}


@pytest.fixture
def city():
    return make_city(slug="nakhon-tua-yang", name_th="นครตัวอย่าง", name_en="Sample City")


@pytest.fixture
def dataset(city):
    """A dataset with two versions and long words in every place."""
    said = {
        "title_th": "ก" * 100,
        "title_en": "Schools " * 12,
        "keywords_en": ["b" * 60],
        "landing_page": "https://a.example",
    }
    dataset = make_dataset(slug="schools", place=city.slug, first_year=2017, last_year=2024, **said)
    make_version(dataset=dataset, parts=[make_table_part()])
    rows = (("ก" * 300, 120), *ROWS[1:], *((f"{number}", number) for number in range(60)))
    make_version(dataset=dataset, parts=[make_table_part(rows, COLUMNS), make_part(name="law", format="pdf")])
    return dataset


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


def read_all():
    """Do what the worker does."""
    for upload in Upload.objects.all():
        examine_upload(upload.pk, upload.found["turn"], "th")


def click(page, selector):
    with page.expect_event("domcontentloaded"):
        page.click(selector)


@LANGUAGES
def test_officer_brings_a_table_and_describes_it(page, come_in, home):
    come_in(page, f"{home}{DATA}", "editor")
    insist_on_accessibility(page)
    page.set_input_files("#files", FILE)
    click(page, "form[data-sending] button")
    page.wait_for_url("**/workspace/uploads/*/")
    insist_on_accessibility(page)
    read_all()
    expect(page.locator("#columns")).to_be_visible()
    insist_on_accessibility(page)

    name = Upload.objects.get().schema["fields"][1]["name"]
    page.fill(f"[name='{name}:unit']", "คน")
    click(page, "#columns ~ p button")
    assert Upload.objects.get().schema["fields"][1]["unit"] == "คน"
    click(page, "form[action$='/describe/'] button")

    insist_on_accessibility(page)
    assert page.input_value("[name=title_en]") == "schools"
    assert page.locator("[name=uploads]:checked").count() == 1
    assert Proposal.objects.get().values["category"] == "public"


def test_files_are_brought_without_javascript_on_a_phone(browser, come_in):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = come_in(context.new_page(), f"/en/{DATA}", "editor")
    page.set_input_files("#files", [FILE, FILE | {"name": "b.csv"}])
    click(page, "form[data-sending] button")

    assert page.locator("#id_uploads tbody tr").count() == 2
    context.close()


def test_sending_that_breaks_off_is_said(page, come_in, complaints):
    come_in(page, f"/en/{DATA}", "editor")
    page.route(f"**/{DATA}", lambda route: route.abort())
    page.set_input_files("#files", FILE)
    page.click("form[data-sending] button")

    expect(page.locator("[data-failed]")).to_be_visible()
    expect(page.locator("form[data-sending] button")).to_be_enabled()
    complaints.words.clear()


@LANGUAGES
def test_visitor_finds_a_dataset_looks_into_it_and_sees_what_changed(page, dataset, come_in, home):
    come_in(page, f"{home}data/")
    page.fill("#id_words", "school")
    page.press("#id_words", "Enter")
    page.wait_for_url("**words=school*")
    page.locator(".dataset-list a").click()
    insist_on_accessibility_by_day_and_night(page)
    page.click("main .compare button")
    page.wait_for_url("**/1..2/")
    insist_on_accessibility(page)
    page.go_back()
    page.click(f"a[href='{home}data/schools/2/schools/'], a[href='{home}data/schools/latest/schools/']")
    insist_on_accessibility(page)
    page.click("thead th:nth-child(2) a")
    page.wait_for_url("**sort=pupils*")

    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    assert page.locator("tbody tr").first.locator("td").nth(1).inner_text() == "0"


def test_dataset_is_found_by_keyboard_alone(page, dataset, come_in):
    come_in(page, "/en/data/")
    reach(page, "#id_words")
    page.keyboard.type("school")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=school*")
    reach(page, ".dataset-list a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach(page, "a[href='/data/schools/2/schools.csv']")


PUBLIC = [
    "data/",
    "data/?words=nothing",
    "data/schools/",
    "data/schools/1/",
    "data/schools/1..2/",
    "data/schools/2/schools/",
]


@LANGUAGES
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_of_data_fit_on_a_phone(phone, dataset, come_in, home, path):
    come_in(phone, f"{home}{path}")

    insist_on_accessibility(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert len(phone.content().encode()) < 100_000


@LANGUAGES
def test_pages_of_the_workspace_fit_on_a_phone(phone, dataset, come_in, home):
    upload = make_upload(place="nakhon-tua-yang", name=f"{'ก' * 150}.csv", standing="reading", progress=40)
    paths = [DATA, f"workspace/uploads/{upload.token}/", f"workspace/datasets/{dataset.pk}/"]
    for path in [*paths, f"workspace/datasets/{dataset.pk}/withdraw/", f"workspace/edit/dataset/{dataset.pk}/"]:
        come_in(phone, f"{home}{path}", "approver" if "datasets" in path else "editor")

        insist_on_accessibility(phone)
        assert (path, phone.evaluate("document.documentElement.scrollWidth")) == (path, 360)


@LANGUAGES
def test_tombstone_fits_on_a_phone(phone, dataset, come_in, complaints, home):
    approver = make_role(city=City.objects.get(), kind="approver").user
    withdraw_dataset(dataset, "น" * 200, "", by=approver)
    come_in(phone, f"{home}data/schools/")

    insist_on_accessibility(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    # The browser complains of 410, which is what we mean to say.
    complaints.words.clear()
