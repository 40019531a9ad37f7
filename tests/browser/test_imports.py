"""The way of a spreadsheet: three wrong cells are marked, mended, approved, written, and undone; a real worker does the work."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from learningcity.config.launch.local import ROOT
from learningcity.config.launch.server import OWNER, SITE
from learningcity.imports.models import Import
from learningcity.imports.registry import table_named
from learningcity.opendata.models import Observation
from tests.browser.steps import click, insist_on_accessibility, press, reach
from tests.factories.cities import make_city, make_role
from tests.factories.imports import make_row, make_upload
from tests.factories.opendata import make_indicator
from tests.factories.sources import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = [column.name for column in table_named("facts").columns]
# Row by row: indicator, value, date. The rows 4, 5 and 6 hold a wrong cell each.
ROWS = {
    3: ("learners", 102, "2563"),
    4: ("learners", "หกสิบสอง", "2564"),
    5: ("learners", 104, "31/2/2567"),
    6: ("ดวงจันทร์", 105, "2566"),
    7: ("learners", "๑๐๖", "ก.ย. 2567"),
}
MENDED = {(4, "value"): 103, (5, "date"): "29/2/2567", (6, "indicator"): "learners"}
WRONG = {
    "/": {
        (4, "value"): "“หกสิบสอง” ไม่ใช่ตัวเลข กรุณาเขียน 102909 หรือ 13.75 โดยไม่ใส่หน่วย",
        (5, "date"): "ไม่มีวันที่ 31/2/2567 เดือนนั้นมี 29 วัน",
        (6, "indicator"): "ไม่รู้จัก “ดวงจันทร์”",
    },
    "/en/": {
        (4, "value"): "“หกสิบสอง” is not a number; write 102909 or 13.75, without a unit.",
        (5, "date"): "There is no day 31/2/2567: that month has 29 days.",
        (6, "indicator"): "“ดวงจันทร์” is unknown.",
    },
}
LABELS = {
    "/": {"value": "ค่า", "date": "ข้อมูล ณ วันที่", "indicator": "ตัวชี้วัด", "": "สิ่งที่ผิด"},
    "/en/": {"value": "Value", "date": "Date", "indicator": "Indicator", "": "What is wrong"},
}
JUDGED = ".imports-rows"


@pytest.fixture
def people():
    """One who brings a file and one who approves it, of the same city."""
    make_indicator(slug="learners", name_th="ผู้เรียน", name_en="Learners")
    make_source(slug="report")
    city = make_city(slug="khon-kaen")
    return {kind: make_role(city=city, kind=kind).user for kind in ("editor", "approver")}


@pytest.fixture
def come_in(client, live_server, people):
    """Let one of them be signed in in a browser, on a page."""

    def came_in(page, kind, path):
        client.force_login(people[kind])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.clear_cookies()
        page.context.add_cookies([cookie])
        page.goto(f"{live_server.url}{path}")
        return page

    return came_in


@pytest.fixture
def start_worker(settings, tmp_path):
    """Start a worker as in production, a process of its own, on the database and the files of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    owner = os.environ["DATABASE_OWNER_URL"].rpartition("/")[0]
    database = f"{owner.replace(OWNER, SITE)}/{connection.settings_dict['NAME']}"
    variables = os.environ | {"DATABASE_URL": database, "LEARNINGCITY_STATE": str(tmp_path)}
    words = [sys.executable, "manage.py", "procrastinate", "-v0", "worker", "--concurrency", "1"]
    running = []
    yield lambda: running.append(subprocess.Popen(words, env=variables, cwd=ROOT))
    for process in running:
        process.terminate()
        process.wait(20)


def insist_on_a_good_page(page):
    """Fail on a page that axe finds fault with, or that is wider than the screen."""
    insist_on_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"


def download(page, selector, path):
    with page.expect_download() as coming:
        page.click(selector)
    coming.value.save_as(path)
    return load_workbook(path)


def fill(book, cells):
    for (row, name), value in cells.items():
        book.worksheets[0].cell(row=row, column=PLACES.index(name) + 1, value=value)


def filled_in(path, book):
    """Write the rows of the sample below the example of a template."""
    for row, values in ROWS.items():
        said = dict(zip(("indicator", "value", "date"), values, strict=True)) | {"source": "report"}
        fill(book, {(row, name): value for name, value in said.items()})
    book.save(path)
    return path


@pytest.fixture
def file(client, people, tmp_path):
    """The template with five rows, of which three hold a wrong cell."""
    client.force_login(people["editor"])
    answer = client.get("/workspace/imports/template/facts.xlsx")
    path = tmp_path / "sample.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    return filled_in(path, load_workbook(path))


def bring(page, path, follow=click):
    """Choose a file on the page that asks for one, and send it."""
    page.set_input_files("[name=file]", path)
    follow(page, "main form .button.primary")


def counts(page):
    """Return what the page says of how many rows there are of each verdict."""
    return {
        link.get_attribute("href").partition("show=")[2]: int(link.inner_text().rpartition(":")[2])
        for link in page.locator(".imports-counts a").all()
    }


def reasons(page, home):
    """Return row, column and reason of every wrong cell that the page shows, and that it shows each label."""
    found = {}
    for row in page.locator(f"{JUDGED} tr.refused").all():
        number = int(row.locator("th").inner_text().split()[0])
        for cell in row.locator("td:has(.why)").all():
            label = cell.locator(".label").text_content()
            name = next(name for name, words in LABELS[home].items() if words == label)
            found[number, name] = cell.locator(".why").inner_text()
    return found


def marks(book):
    """Return the comments of a workbook below its headings, and what stands in its last column, by row."""
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    said = {(cell.row, PLACES[cell.column - 1]): cell.comment.text for cell in cells if cell.comment}
    last = {row[-1].row: row[-1].value for row in sheet.iter_rows() if row[-1].value}
    return said, last


def hand_in_and_approve(page, come_in, home, follow=click):
    """Let the one hand an import in, and the other approve it; the worker writes it."""
    follow(page, "form[action$='/submit/'] .button")
    upload = Import.objects.latest("pk")
    come_in(page, "approver", f"{home}workspace/imports/")
    follow(page, f"main a[href$='/imports/{upload.pk}/']")
    follow(page, "form[action$='/apply/'] .button")
    page.wait_for_selector(".notice.success", timeout=30_000)


def undo(page, follow=click):
    follow(page, "form[action$='/undo/'] .button")
    page.wait_for_selector("progress", state="detached", timeout=30_000)
    page.wait_for_selector(".notice.success")


@pytest.fixture(params=[("/", "phone"), ("/en/", "phone"), ("/", "page"), ("/en/", "page")], ids=" ".join)
def window(request):
    """A fresh page at 360 or at 1280 px, and the home page in one language."""
    home, size = request.param
    return request.getfixturevalue(size), home


def test_three_wrong_cells_are_marked_mended_written_and_undone(window, come_in, start_worker, tmp_path):
    page, home = window
    come_in(page, "editor", f"{home}workspace/imports/")
    insist_on_a_good_page(page)
    click(page, "a[href$='/imports/new/facts/']")
    insist_on_a_good_page(page)
    file = tmp_path / "sample.xlsx"
    filled_in(file, download(page, "main a[href$='/facts.xlsx']", file))

    bring(page, file)
    insist_on_a_good_page(page)
    start_worker()
    page.wait_for_selector(JUDGED, timeout=30_000)
    insist_on_a_good_page(page)
    assert counts(page) == {"": 5, "added": 2, "refused": 3}
    assert reasons(page, home) == WRONG[home]
    click(page, "a[href*='show=refused']")
    insist_on_a_good_page(page)
    assert reasons(page, home) == WRONG[home]

    book = download(page, "main a[href$='/answer/']", file)
    column = {row: f"{LABELS[home][name]}: {why}" for (row, name), why in WRONG[home].items()}
    assert marks(book) == (WRONG[home], {1: LABELS[home][""], **column})
    fill(book, MENDED)
    book.save(file)
    click(page, "main a[href$='/imports/new/facts/']")
    bring(page, file)
    page.wait_for_selector(JUDGED, timeout=30_000)
    assert counts(page) == {"": 5, "added": 5}
    assert Import.objects.latest("pk").layout["unknown"] == []
    hand_in_and_approve(page, come_in, home)
    insist_on_a_good_page(page)
    written = sorted(Observation.objects.values_list("value", flat=True))
    assert written == [102, 103, 104, 105, 106]

    come_in(page, "editor", f"{home}workspace/imports/new/facts/")
    bring(page, file)
    page.wait_for_selector(JUDGED, timeout=30_000)
    insist_on_a_good_page(page)
    assert counts(page) == {"": 5, "unchanged": 5}
    assert Observation.objects.count() == 5

    first = Import.objects.get(state="applied")
    come_in(page, "approver", f"{home}workspace/imports/{first.pk}/")
    undo(page)
    insist_on_a_good_page(page)
    assert Observation.objects.count() == 0


def test_the_same_way_by_keyboard_alone(page, come_in, start_worker, file):
    start_worker()
    come_in(page, "editor", "/workspace/imports/")
    press(page, "a[href$='/imports/new/facts/']")
    bring(page, file, press)
    page.wait_for_selector(JUDGED, timeout=30_000)
    reach(page, "a[href$='/answer/']")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    coming.value.save_as(file)
    book = load_workbook(file)
    fill(book, MENDED)
    book.save(file)
    press(page, "main a[href$='/imports/new/facts/']")
    bring(page, file, press)
    page.wait_for_selector(JUDGED, timeout=30_000)

    hand_in_and_approve(page, come_in, "/", press)
    assert Observation.objects.count() == 5
    undo(page, press)
    assert Observation.objects.count() == 0


def test_the_same_way_without_javascript(browser, come_in, start_worker, file):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = come_in(context.new_page(), "editor", "/en/workspace/imports/new/facts/")
    bring(page, file)
    start_worker()
    page.wait_for_selector(JUDGED, timeout=30_000)
    assert reasons(page, "/en/") == WRONG["/en/"]
    book = download(page, "main a[href$='/answer/']", file)
    fill(book, MENDED)
    book.save(file)
    click(page, "main a[href$='/imports/new/facts/']")
    bring(page, file)
    page.wait_for_selector(JUDGED, timeout=30_000)

    hand_in_and_approve(page, come_in, "/en/")
    assert Observation.objects.count() == 5
    undo(page)
    assert Observation.objects.count() == 0
    context.close()


def test_only_the_good_rows_are_written_where_the_person_chooses_so(page, come_in, start_worker, file):
    start_worker()
    come_in(page, "editor", "/en/workspace/imports/new/facts/")
    bring(page, file)
    page.wait_for_selector(JUDGED, timeout=30_000)
    page.check("[name=mode][value=good]")

    hand_in_and_approve(page, come_in, "/en/")

    assert sorted(Observation.objects.values_list("value", flat=True)) == [102, 106]
    assert counts(page) == {"": 5, "added": 2, "refused": 3}


@pytest.mark.parametrize("home", ["/", "/en/"])
def test_what_is_no_table_is_refused_beside_its_field(phone, come_in, complaints, home):
    come_in(phone, "editor", f"{home}workspace/imports/new/facts/")
    phone.set_input_files(
        "[name=file]", {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": b"%PDF-1.7"}
    )

    click(phone, "main form .button.primary")

    assert phone.locator(".error-summary a").get_attribute("href") == "#id_file"
    assert "PDF" in phone.locator(".error-summary").inner_text()
    insist_on_a_good_page(phone)
    # The browser tells its console of every form that is sent back.
    assert ["400 (Bad Request)" in words for words in complaints.words] == [True]
    complaints.words.clear()


@pytest.mark.parametrize("home", ["/", "/en/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_imports_that_went_otherwise_fit_and_axe_finds_nothing(page, people, come_in, home, width):
    now, word = timezone.now(), "ก" * 90
    layout = {"sheet": "", "headings": 1, "places": {"note_th": 0}, "unknown": [word, word]}
    long = {"place": "khon-kaen", "by": people["editor"], "name": f"{word}.csv", "problem": word, "layout": layout}
    page.set_viewport_size({"width": width, "height": 800})

    for state in ("unreadable", "failed", "discarded", "undone"):
        upload = make_upload(state=state, applied_at=now, added=1, left=1, **long)
        make_row(upload=upload, cells={"note_th": word}, left=word)
        come_in(page, "editor", f"{home}workspace/imports/{upload.pk}/")
        insist_on_a_good_page(page)
    come_in(page, "approver", f"{home}workspace/imports/")
    insist_on_a_good_page(page)
