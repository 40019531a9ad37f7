"""Numbers from a spreadsheet: found again, changed, contradicted, put back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learningcity.imports import actions, tasks
from learningcity.imports.models import Import, Row
from learningcity.opendata.models import Observation
from learningcity.search.models import Document
from learningcity.sources.models import Source
from tests.factories.cities import make_alias, make_city, make_network, make_role
from tests.factories.imports import HEADINGS, make_import, text, workbook, write_import
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

SOURCED = ("indicator", "city", "value", "date", "source_title", "source_publisher", "source_url")


@pytest.fixture
def city():
    return make_city(slug="sample", name_th="เมืองตัวอย่าง", name_en="Sample City")


@pytest.fixture
def learners():
    return make_indicator(slug="learners", name_th="ผู้เรียน", name_en="Learners")


@pytest.fixture
def source():
    return make_source(slug="report", title_th="รายงาน", title_en="Report")


def verdicts(upload):
    return list(upload.rows.order_by("number").values_list("number", "verdict"))


def reasons(upload):
    return {row.number: row.reasons for row in upload.rows.filter(verdict="refused").order_by("number")}


def test_rows_are_written_as_they_are_meant(city, learners, source, secretary):
    make_alias(city=city, name="เมืองตย.")
    content = workbook(
        [
            ("ตัวชี้วัด", "เมือง", "ค่า", "คำกำกับ", "วันที่", "แหล่งข้อมูล", "หมายเหตุ"),
            ("ผู้เรียน", "เมืองตัวอย่าง", "๑๒,๓๔๕", "กว่า", "ก.ย. ๒๕๖๗", "รายงาน", "นับรวม"),
            ("learners", "sample city", 9.5, None, dt.date(2024, 9, 17), "report", None),
            ("Learners", "เมืองตย.", 7, "about", 2566, "Report", None),
        ]
    )

    write_import(make_import(content, by=secretary))

    said = Observation.objects.order_by("pk").values_list(
        "value", "qualifier", "observed_on", "observed_precision", "note_th"
    )
    assert list(said) == [
        (Decimal(12345), "more_than", dt.date(2024, 9, 1), "month", "นับรวม"),
        (Decimal("9.5"), "exact", dt.date(2024, 9, 17), "day", ""),
        (Decimal(7), "about", dt.date(2023, 1, 1), "year", ""),
    ]
    assert set(Observation.objects.values_list("city", "indicator", "source")) == {(city.pk, learners.pk, source.pk)}


def test_a_workbook_of_62_rows_imported_again_makes_no_double(city, learners, source, secretary):
    rows = [("learners", "sample", number, f"{number}/1/2567", "report") for number in range(1, 32)]
    rows += [("learners", "sample", number, f"{number}/3/2567", "report") for number in range(1, 32)]
    content = workbook([HEADINGS, *rows])

    write_import(make_import(content, by=secretary))
    again = make_import(content, by=secretary)

    assert Observation.objects.count() == 62
    assert (again.added, again.changed, again.unchanged, again.refused) == (0, 0, 62, 0)


def test_what_is_said_otherwise_now_changes_the_record(city, learners, source, secretary):
    known = make_observation(indicator=learners, city=city, source=source, value=1, note_en="kept")
    content = text([HEADINGS, ("learners", "sample", "2", "17/9/2567", "report")])

    upload = make_import(content, by=secretary)
    write_import(upload)

    known.refresh_from_db()
    assert verdicts(upload) == [(2, "changed")]
    assert (known.value, known.note_en) == (2, "kept")


def test_a_new_source_is_made_once_and_found_the_next_time(city, learners, secretary):
    described = ("รายงานใหม่", "ผู้เผยแพร่", "https://example.org/new")
    rows = [("learners", "sample", n, f"{2560 + n}", *described) for n in range(3)]
    content = text([SOURCED, *rows])

    upload = write_import(make_import(content, by=secretary))
    again = make_import(content, by=secretary)

    made = Source.objects.get(title_th="รายงานใหม่")
    assert (made.publisher_th, made.url, made.kind, made.original) == (*described[1:], "website", "th")
    assert upload.new_sources == [made.pk]
    assert again.unchanged == 3


def test_checking_stores_nothing_but_verdicts(city, learners, secretary):
    make_import(text([SOURCED, ("learners", "sample", 1, "2567", "New", "", "https://example.org/")]), by=secretary)

    assert (Observation.objects.count(), Source.objects.filter(title_en="New").count()) == (0, 0)


def test_each_wrong_cell_has_its_reason(city, learners, source, secretary):
    make_city(name_en="Twin")
    make_city(name_en="Twin")
    content = text(
        [
            (*HEADINGS, "network"),
            ("learnerz", "sample", "1", "2567", "report", ""),
            ("learners", "Twin", "1", "2567", "report", ""),
            ("learners", "sample", "กว่า 59", "31 กุมภาพันธ์ 2567", "report", ""),
            ("learners", "sample", "", "", "report", ""),
            ("learners", "sample", "1", "2567", "", ""),
            ("learners", "sample", "1", "2567", "Nowhere", ""),
            ("learners", "", "1", "2567", "report", ""),
            ("learners", "sample", "1.23456", "2567", "report", ""),
            ("learners", "sample", "#DIV/0!", "2567", "report", ""),
            ("learners", "sample", "1", "2567", "report", "moon"),
            ("learners", "sample", "5", "2566", "report", ""),
            ("learners", "sample", "6", "2566", "report", ""),
        ]
    )

    upload = make_import(content, by=secretary)

    assert reasons(upload) == {
        2: {"indicator": "“learnerz” is unknown; do you mean “Learners”?"},
        3: {"city": "Several are called “Twin”; write the key instead, as in the address."},
        4: {
            "value": "“กว่า 59”: write the number alone, and “more than” or “about” in the field for it.",
            "date": "There is no day 31/2/2567: that month has 29 days.",
        },
        5: {"value": "This must be given.", "date": "This must be given."},
        6: {"source": "This must be given: no fact without a source."},
        7: {
            "source": "“Nowhere” is unknown. "
            "For a new source fill the columns for its title and its publisher or web address."
        },
        8: {"city": "This must be given."},
        9: {"value": "Ensure that there are no more than 4 decimal places."},
        10: {"value": "The formula in this cell gives #DIV/0!."},
        11: {"network": "“moon” is unknown."},
        13: {"": "Row 12 is about the same already."},
    }


def test_a_number_belongs_to_a_city_or_to_a_network(city, learners, source, secretary):
    network = make_network(slug="net")
    content = text(
        [
            (*HEADINGS, "network"),
            ("learners", "", "1", "2567", "report", "net"),
            ("learners", "sample", "1", "2567", "report", "net"),
        ]
    )

    upload = write_import(make_import(content, by=secretary), "good")

    assert reasons(upload) == {3: {"network": "A number belongs to a city or to a network, not to both."}}
    assert Observation.objects.get().network == network


def test_an_officer_imports_for_her_own_city_only(learners, source):
    role, other = make_role(kind="editor", city=make_city(slug="own")), make_city(slug="other")
    content = text(
        [
            HEADINGS,
            *[("learners", name, "1", year, "report") for name, year in (("own", 2566), ("", 2567), ("other", 2567))],
        ]
    )

    upload = make_import(content, by=role.user, place="own")

    assert verdicts(upload) == [(2, "added"), (3, "added"), (4, "refused")]
    assert reasons(upload) == {4: {"city": "This row is for another place than the file."}}
    assert other.slug == "other"


def test_undo_puts_everything_back_as_it_was(city, learners, source, secretary):
    known = make_observation(indicator=learners, city=city, source=source, value=1)
    before = list(Observation.objects.values())
    content = text(
        [
            (*HEADINGS, "source_title", "source_publisher"),
            ("learners", "sample", "2", "17/9/2567", "report", "", ""),
            ("learners", "sample", "3", "2560", "", "New", "Publisher"),
        ]
    )
    upload = write_import(make_import(content, by=secretary))
    assert list(Observation.objects.values()) != before

    actions.undo_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.undo_rows(upload.pk)

    upload.refresh_from_db()
    assert list(Observation.objects.values()) == before
    assert (upload.state, upload.left, known.pk) == ("undone", 0, before[0]["id"])
    assert Source.objects.filter(title_en="New").count() == 0


def test_undo_leaves_what_somebody_changed_since(city, learners, source, secretary):
    rows = [("learners", "sample", "1", str(year), "report") for year in (2560, 2561, 2562)]
    upload = write_import(make_import(text([HEADINGS, *rows]), by=secretary))
    first, second, _third = Observation.objects.order_by("pk")
    Observation.objects.filter(pk=first.pk).update(value=9)
    second.delete()

    actions.undo_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.undo_rows(upload.pk)

    upload.refresh_from_db()
    assert list(Observation.objects.values_list("pk", flat=True)) == [first.pk]
    assert list(upload.rows.order_by("number").values_list("left", flat=True)) == [
        "Somebody changed it since, so it stays as it is.",
        "The record was removed since.",
        "",
    ]
    assert upload.left == 2


def test_the_search_finds_what_was_imported_and_forgets_what_was_undone(city, learners, source, secretary):
    upload = write_import(make_import(text([HEADINGS, ("learners", "sample", "4711", "2567", "report")]), by=secretary))
    found = list(Document.objects.filter(kind="figure").values_list("key", flat=True))
    actions.undo_import(upload, by=make_role(kind="secretariat", city=None).user)
    tasks.undo_rows(upload.pk)

    assert found == [upload.rows.get().key]
    assert Document.objects.filter(kind="figure").count() == 0


def test_all_or_nothing_writes_nothing_when_a_row_is_refused_by_now(city, learners, source, secretary):
    rows = [("learners", "sample", "1", str(year), "report") for year in (2560, 2561)]
    upload = make_import(text([HEADINGS, *rows]), by=secretary)
    actions.submit_import(upload, "all", by=secretary)
    actions.apply_import(upload, by=make_role(kind="secretariat", city=None).user)
    city.delete()

    tasks.apply_rows(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, Observation.objects.count()) == ("failed", 0)
    assert upload.problem == "Row 2 cannot be taken any more: “sample” is unknown. Nothing was written."


def test_the_same_job_twice_does_its_work_once(city, learners, source, secretary):
    upload = make_import(text([HEADINGS, ("learners", "sample", "1", "2567", "report")]), by=secretary)
    tasks.check_rows(upload.pk)
    write_import(upload)
    tasks.apply_rows(upload.pk)

    assert (Observation.objects.count(), Row.objects.count(), Import.objects.count()) == (1, 1, 1)


def test_many_rows_cost_no_more_queries_than_few(city, learners, source, secretary):
    def queries(count):
        dates = [f"{1 + n % 28}/{1 + n // 28}/2567" for n in range(count)]
        content = text([HEADINGS, *[("learners", "sample", 1, date, "report") for date in dates]])
        with CaptureQueriesContext(connection) as asked:
            make_import(content, by=secretary)
        return len(asked)

    assert queries(3) == queries(300)


def test_numbers_of_some_people_are_written_beside_the_total_and_found_again(city, learners, source, secretary):
    of = ("เพศ", "อายุตั้งแต่ (ปี)", "อายุถึง (ปี)", "ความพิการ", "รหัสอำเภอ", "อำเภอ")
    code = f"{city.province_id}01"
    rows = [
        ("learners", "sample", 900, "2567", "report"),
        ("learners", "sample", 500, "2567", "report", "หญิง"),
        ("learners", "sample", 400, "2567", "report", "ช"),
        ("learners", "sample", 300, "2567", "report", "", "๖", "11"),
        ("learners", "sample", 100, "2567", "report", "", "60", "", "พิการ"),
        ("learners", "sample", 200, "2567", "report", "", "", "", "", code, "เมือง"),
    ]
    wide = [(*row, *("" for _ in range(11 - len(row)))) for row in rows]
    content = workbook([(*HEADINGS, *of), *wide])

    write_import(make_import(content, by=secretary))
    again = make_import(content, by=secretary)

    said = Observation.objects.order_by("pk").values_list(
        "value", "sex", "age_from", "age_to", "disability", "district_code"
    )
    assert list(said) == [
        (900, "", None, None, "", ""),
        (500, "female", None, None, "", ""),
        (400, "male", None, None, "", ""),
        (300, "", 6, 11, "", ""),
        (100, "", 60, None, "with", ""),
        (200, "", None, None, "", code),
    ]
    assert (again.added, again.unchanged, again.refused) == (0, 6, 0)
    assert Document.objects.filter(kind="figure").count() == 1


@pytest.fixture
def sample(city, learners, source):
    """A city of which the report counts learners."""
    return city


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        (("", "", "11"), "age_from"),
        (("", "12", "11"), "age_to"),
        (("", "131", ""), "age_from"),
        (("", "99999999999999999999", ""), "age_from"),
        (("queen", "", ""), "sex"),
        (("", "", "", "", "0001", "เมือง"), "district_code"),
        (("", "", "", "", "", "เมือง"), "district_code"),
        (("", "", "", "", "{province}01", ""), "district_th"),
        (("", "", "", "", "{province}x1", "เมือง"), ""),
    ],
)
def test_people_that_are_no_group_are_refused_at_their_cell(sample, cells, at):
    of = ("sex", "age_from", "age_to", "disability", "district_code", "district_th")
    cells = [cell.replace("{province}", sample.province_id) for cell in (*cells, *[""] * (6 - len(cells)))]
    content = workbook([(*HEADINGS, *of), ("learners", "sample", 900, "2567", "report", *cells)])

    assert list(reasons(make_import(content, by=make_role(kind="secretariat").user))[2]) == [at]
