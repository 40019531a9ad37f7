import contextlib
import io
import json

import pytest
from django.core.management import CommandError, call_command

from learningcity.imports.models import Import
from learningcity.opendata.models import Observation
from tests.factories.cities import make_city
from tests.factories.imports import HEADINGS, text, workbook
from tests.factories.opendata import make_indicator
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

ROWS = [
    ("learners", "sample", "1", "2566", "report"),
    ("learners", "sample", "กว่า 59", "2567", "report"),
    ("learners", "nowhere", "1", "31/2/2567", "report"),
]


@pytest.fixture
def file(tmp_path):
    make_indicator(slug="learners")
    make_city(slug="sample")
    make_source(slug="report")
    path = tmp_path / "sample.csv"
    path.write_bytes(text([HEADINGS, *ROWS]))
    return path


def told(*words):
    said = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("import_table", *words, stdout=said)
    return json.loads(said.getvalue())


ANSWER = {
    "rows_read": 3,
    "good": 1,
    "refused": 2,
    "added": 1,
    "changed": 0,
    "unchanged": 0,
    "written": True,
    "refusals": [
        {
            "row": 3,
            "column": "value",
            "reason": "“กว่า 59”: write the number alone, and “more than” or “about” in the field for it.",
        },
        {"row": 4, "column": "city", "reason": "“nowhere” is unknown."},
        {"row": 4, "column": "date", "reason": "There is no day 31/2/2567: that month has 29 days."},
    ],
    "unknown_columns": [],
}


def test_import_table_writes_the_good_rows_and_tells_the_others(file):
    assert told("facts", str(file)) == ANSWER
    assert (Observation.objects.count(), Import.objects.get().by) == (1, None)


def test_import_table_with_dry_run_stores_nothing(file):
    assert told("facts", str(file), "--dry-run") == ANSWER | {"written": False}
    assert (Observation.objects.count(), Import.objects.count()) == (0, 0)


def test_import_table_with_all_or_nothing_writes_nothing_if_a_row_is_refused(file):
    assert told("facts", str(file), "--all-or-nothing") == ANSWER | {"written": False}
    assert Observation.objects.count() == 0


def test_import_table_repeated_makes_no_double(file):
    told("facts", str(file))

    assert told("facts", str(file)) == ANSWER | {"added": 0, "unchanged": 1, "written": False}
    assert Observation.objects.count() == 1


def test_import_table_for_a_place_fills_in_the_city(tmp_path, file):
    path = tmp_path / "sample.xlsx"
    path.write_bytes(workbook([[name for name in HEADINGS if name != "city"], ("learners", 5, 2560, "report")]))

    assert told("facts", str(path), "--place", "sample")["added"] == 1
    assert Observation.objects.get().city.slug == "sample"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"a,b\r\n1,2\r\n"])
def test_import_table_says_why_a_file_cannot_be_read(tmp_path, content):
    path = tmp_path / "sample.xlsx"
    path.write_bytes(content)

    answer = told("facts", str(path))

    assert (answer["rows_read"], answer["written"], bool(answer["problem"])) == (0, False, True)


@pytest.mark.parametrize("words", [("dreams", "x.csv"), ("facts", "/nowhere/x.csv")])
def test_import_table_refuses_unknown_tables_and_files(words):
    with pytest.raises(CommandError):
        call_command("import_table", *words)
