"""The pictures in the guides show the pages as they are: a page that says something else wants its picture taken anew.

LEARNINGCITY_TAKE_SCREENS=1 ./run test tests/browser/test_help.py takes them, from the real data with sample accounts;
with names of pictures instead of 1 (place,resource) it takes those alone.
"""

import datetime as dt
import io
import json
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from learningcity.accounts.models import User
from learningcity.cities.management.commands.sample_accounts import set_up_second_factor
from learningcity.cities.models import City, Milestone, Role
from learningcity.imports import tasks
from learningcity.imports.actions import upload_table
from learningcity.moderation import actions
from learningcity.opendata.actions import receive_upload
from learningcity.opendata.models import Observation, Use
from learningcity.opendata.tasks import examine_upload
from learningcity.partners.models import Clerk, Organization
from learningcity.portal.actions import load
from tests.browser.steps import insist_on_accessibility
from tests.factories.harvest import make_copy, make_finding, make_host, make_origin, make_run
from tests.factories.opendata import make_dataset, make_version
from tests.factories.tables import make_table_part

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATIC = settings.ROOT / "learningcity" / "workspace" / "static" / "workspace" / "help"
# What the pages said when the pictures were taken, a file for each language: both may be taken side by side.
SAID = "help_screens_{}.json"
TAKING = os.environ.get("LEARNINGCITY_TAKE_SCREENS", "")
WIDTH, HEIGHT = 760, 900
# What a page says about itself: its headings, labels and buttons, without what differs from day to day.
WORDS = """() => [...document.querySelectorAll('main :is(h1, h2, h3, label, legend, th, button, a.button)')]
  .filter(each => each.offsetParent && !each.closest('[data-changing]'))
  .map(each => each.innerText.replace(/[\\d๐-๙]+/g, '#').replace(/\\s+/g, ' ').trim()).filter(Boolean)"""


@pytest.fixture
def people(monkeypatch):
    """The real data and the sample people whose pages the guides show."""
    monkeypatch.setattr(load, "reindex_all", lambda: None)
    load.load_folder(settings.ROOT / "data")
    city = City.objects.get(slug="khon-kaen")
    found = {}
    for kind, words in {
        "editor": "ตัวอย่าง: เจ้าหน้าที่ / Sample: editor",
        "approver": "ตัวอย่าง: ผู้อนุมัติ / Sample: approver",
        "secretariat": "ตัวอย่าง: สำนักเลขานุการ / Sample: secretariat",
        "clerk": "ตัวอย่าง: ผู้แทนองค์กร / Sample: clerk",
    }.items():
        found[kind] = User.objects.create_user(email=f"{kind}@example.org", name=words)
    today = timezone.localdate()
    for kind in ("editor", "approver", "secretariat"):
        place = None if kind == "secretariat" else city
        Role.objects.create(user=found[kind], kind=kind, city=place, starts_on=dt.date(2026, 1, 1))
    set_up_second_factor(found["secretariat"])
    Clerk.objects.create(user=found["clerk"], organization=Organization.objects.order_by("pk")[0], starts_on=today)
    return found


@pytest.fixture
def screens(people):
    """Whose page each picture shows, and where it is."""
    city = City.objects.get(slug="khon-kaen")
    number = Observation.objects.filter(city=city).order_by("pk")[0]
    proposal = handed_in(people["editor"], city)
    upload = brought(people["editor"], city)
    run = harvested(people["editor"], city)
    return {
        "report": (None, "/report/?page=/cities/khon-kaen/"),
        "agreement": (None, "/agreements/khon-kaen-mou-2024/"),
        "desk": ("editor", "/workspace/"),
        "edit": ("editor", f"/workspace/edit/profile/{city.pk}/"),
        "number": ("editor", f"/workspace/edit/fact/{number.pk}/"),
        "import": ("editor", f"/workspace/imports/{upload.pk}/"),
        "resource": ("editor", "/workspace/khon-kaen/new/learning-resource/"),
        "place": ("editor", "/workspace/khon-kaen/new/learning-place/"),
        "picture": ("editor", "/pictures/upload/?place=khon-kaen"),
        "plan": ("editor", "/workspace/khon-kaen/plan/"),
        "harvest": ("editor", "/workspace/harvest/new/"),
        "harvest-log": ("editor", f"/workspace/harvest/runs/{run.pk}/"),
        "harvest-newest": ("approver", "/workspace/harvest/newest/"),
        "data": ("editor", "/workspace/khon-kaen/data/"),
        "data-file": ("editor", f"/workspace/uploads/{table_brought(people['editor'], city).token}/"),
        "data-care": ("approver", f"/workspace/datasets/{published(city).pk}/"),
        "team": ("approver", "/roles/team/"),
        "decision": ("approver", f"/workspace/queue/{proposal.pk}/"),
        "roles": ("secretariat", "/roles/"),
        "partner": ("clerk", "/partner/"),
    }


def handed_in(editor, city):
    stone = Milestone.objects.filter(city=city).order_by("pk")[0]
    proposal = actions.begin(("milestone", "", str(stone.pk)), uuid4(), by=editor)
    text = f"{stone.text.th} (ตัวอย่างของการแก้ไข)"
    actions.save_draft(proposal, {"text_th": text}, 0, by=editor)
    return actions.submit(proposal, by=editor)


def brought(editor, city):
    """A table of three numbers, two of them wrong, as the guide shows it."""
    rows = [
        "indicator,value,observed_on,source",
        "population,102909,2567,unesco-gnlc-khon-kaen",
        "population,กว่า 59,31 กุมภาพันธ์ 2567,unesco-gnlc-khon-kaen",
    ]
    file = SimpleUploadedFile("ตัวอย่าง.csv", "\n".join(rows).encode("utf-8-sig"))
    upload = upload_table(file, "facts", city.slug, by=editor)
    tasks.check(upload.pk)
    return upload


def table_brought(editor, city):
    """A table as offices keep it: Thai digits, two calendars, and a sum among the rows."""
    rows = "ที่,โรงเรียน,นักเรียน,วันที่สำรวจ\n๑,วัดกลาง,120,17/9/2567\n๒,เทศบาล 1,-,2024-09-18\n,รวม,120,\n"
    file = SimpleUploadedFile("โรงเรียนตัวอย่าง.csv", rows.encode("utf-8-sig"))
    upload = receive_upload(file, file.name, city.slug, by=editor)
    examine_upload(upload.pk, upload.found["turn"], "th")
    return upload


def published(city):
    """A dataset that somebody uses, and of which something is still to be said."""
    dataset = make_dataset(place=city.slug, title_th="โรงเรียนตัวอย่าง", title_en="Sample schools")
    make_version(dataset=dataset, parts=[make_table_part()])
    this = timezone.localdate().replace(day=1)
    for way, count in (("csv", 12), ("xlsx", 30), ("harvest", 4)):
        Use.objects.create(dataset=dataset, month=this, way=way, count=count)
    return dataset


def harvested(editor, city):
    """A run over a catalog that is made up: two datasets are new, and three records were refused."""
    make_host(name="data.example.org", note="ตัวอย่าง / Sample")
    origin = make_origin(title="แค็ตตาล็อกตัวอย่าง / Sample catalog", place=city.slug, by=editor)
    run = make_run(origin=origin, by=editor, state="done", ended_at=timezone.now(), found=5, new=2, refused=3)
    for number in (1, 2):
        title = f"ชุดข้อมูลตัวอย่าง {number} / Sample dataset {number}"
        dataset = make_dataset(place=city.slug, title_th=title, title_en="")
        make_copy(origin=origin, dataset=dataset)
        make_finding(run=run, title=title, outcome="new", dataset=dataset)
    for number, reason in enumerate(("no_license", "twin", "ours"), 3):
        make_finding(run=run, title=f"ตัวอย่าง {number} / Sample {number}", outcome="refused", reason=reason)
    return run


@pytest.fixture
def page_of(browser, live_server, client, people):
    """Open a page of the site in a fresh window, as one of the sample people or as a visitor."""
    contexts = []

    def open_page(who, path):
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1)
        contexts.append(context)
        if who:
            client.force_login(people[who])
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        answer = page.goto(live_server.url + path)
        assert (answer.status, page.url.endswith(path)) == (200, True), page.url
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["th", "en"])
def test_guides_show_the_pages_as_they_are(page_of, screens, language):
    said = Path(__file__).parent / SAID.format(language)
    taking = set(screens) if TAKING == "1" else set(TAKING.split(",")) & set(screens)
    seen = {}
    for name, (who, path) in screens.items():
        page = page_of(who, f"{'/en' if language == 'en' else ''}{path}")
        seen[name] = page.evaluate(WORDS)
        if name in taking:
            take(page, STATIC / language / f"{name}.webp")

    if taking:
        known = json.loads(said.read_text("utf-8")) | {name: seen[name] for name in taking}
        said.write_text(
            json.dumps({name: known[name] for name in screens}, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    assert seen == json.loads(said.read_text("utf-8")), "take the pictures anew, as this file says"


def take(page, path):
    """Write the upper part of a page, without the head that all pages share."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.querySelector('.masthead').remove()")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(path, "WEBP", quality=80, method=6)


@pytest.mark.parametrize("language", ["", "/en"])
def test_guides_can_be_read_by_everybody(phone, live_server, language):
    phone.goto(f"{live_server.url}{language}/help/")
    addresses = phone.locator("main ul.guides a").evaluate_all("links => links.map(each => each.pathname)")

    for address in addresses:
        phone.goto(f"{live_server.url}{address}")
        insist_on_accessibility(phone)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert len(addresses) == 16
