import pytest

from learningcity.cities.models import Milestone
from learningcity.search.models import Document
from tests.factories.cities import make_city, make_milestone
from tests.factories.imports import make_import, text, write_import
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

HEADINGS = ("เมือง", "วันที่", "เหตุการณ์", "what happened, in english", "แหล่งข้อมูล", "รหัส")


@pytest.fixture
def city():
    make_source(slug="report")
    return make_city(slug="sample")


def test_milestones_are_written_once_and_found_by_the_search(city, secretary):
    content = text([HEADINGS, ("sample", "ก.ย. 2567", "เปิดพื้นที่เรียนรู้", "A place opens", "report", "")])

    write_import(make_import(content, "milestones", by=secretary))
    again = make_import(content + b"\r\n", "milestones", by=secretary)

    made = Milestone.objects.get()
    assert (str(made.happened_on), made.happened_precision, made.original) == ("2024-09-01", "month", "th")
    assert again.unchanged == 1
    assert "เปิด" in Document.objects.get(kind="city").body_th.replace("\x1f", "")


def test_a_milestone_is_found_by_its_date_and_text_whatever_its_key(city, secretary):
    make_milestone(city=city, slug="opening", happened_on="2024-09-17", text_th="เปิด", text_en="")
    content = text([HEADINGS, ("sample", "17/9/2567", "เปิด", "A place opens", "report", "")])

    upload = make_import(content, "milestones", by=secretary)

    assert (upload.added, upload.changed) == (0, 1)


def test_a_milestone_named_by_its_key_is_corrected(city, secretary):
    known = make_milestone(city=city, slug="opening", happened_on="2024-09-17", text_th="เปิด", text_en="Opens")
    content = text([HEADINGS, ("sample", "18/9/2567", "เปิดใหม่", "Opens again", "report", "opening")])

    write_import(make_import(content, "milestones", by=secretary))

    known.refresh_from_db()
    assert (str(known.happened_on), known.text_th, Milestone.objects.count()) == ("2024-09-18", "เปิดใหม่", 1)


def test_a_milestone_without_words_is_refused(city, secretary):
    upload = make_import(text([HEADINGS, ("sample", "2567", "", "", "report", "")]), "milestones", by=secretary)

    assert upload.rows.get().reasons == {"text_th": "Say what happened, in Thai or in English."}
