"""The rows of a table looked through without a program, and what changed between two versions."""

import dataclasses
import html

import pytest

from learningcity.common.columnar.engine import TooSlow
from learningcity.common.text import LocalText
from learningcity.portal.queries import dataset_changes
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.factories.tables import COLUMNS, ROWS, make_table_part

pytestmark = pytest.mark.django_db
ADDRESS = "/en/data/schools/1/schools/"


@pytest.fixture
def version():
    return make_version(dataset=make_dataset(slug="schools", title_en="Schools"), parts=[make_table_part()])


def schools(response):
    return [row[0][1] for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["วัดกลาง", "เทศบาล 1", "<b>บ้านโนน</b>"]),
        ({"sort": "pupils"}, ["เทศบาล 1", "วัดกลาง", "<b>บ้านโนน</b>"]),
        ({"sort": "-pupils"}, ["วัดกลาง", "เทศบาล 1", "<b>บ้านโนน</b>"]),
        ({"text": "เทศบาล"}, ["เทศบาล 1"]),
        ({"column": "pupils", "operator": ">", "value": "100"}, ["วัดกลาง"]),
        ({"column": "pupils", "operator": "missing"}, ["<b>บ้านโนน</b>"]),
        ({"column": "school", "operator": "=", "value": "' OR 1=1 --"}, []),
        ({"column": "missing", "value": "1"}, ["วัดกลาง", "เทศบาล 1", "<b>บ้านโนน</b>"]),
    ],
)
def test_table_is_sorted_and_narrowed(client, version, asked, found):
    assert schools(client.get(ADDRESS, asked)) == found


def test_table_is_taken_away_from_where_its_rows_are_looked_through(client, version):
    whole, narrowed = (client.get(ADDRESS, asked).content.decode() for asked in ({}, {"text": "เทศบาล"}))

    assert ">Excel (XLSX)<" in whole
    # Nobody shall take the whole file for what the filters left.
    assert " download" not in narrowed


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "nothing"},
        {"sort": "pupils; DROP TABLE x"},
        {"column": "pupils", "operator": "=", "value": "many"},
        {"column": "pupils", "operator": "has", "value": "1"},
        {"column": "pupils", "operator": "=", "value": "9" * 60},
        {"text": "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
    ],
)
def test_table_says_what_cannot_be_asked(client, version, asked):
    response = client.get(ADDRESS, asked)

    assert (response.status_code, "This cannot be asked of this table." in response.content.decode()) == (400, True)


@pytest.mark.parametrize("page", ["2", "999999999"])
def test_table_has_no_other_pages_than_it_has(client, version, page):
    assert client.get(ADDRESS, {"page": page}).status_code == 404


@pytest.mark.parametrize("path", ["1/other/", "2/schools/", "latest/other/", "1/readme/"])
def test_table_that_is_not_there_is_not_found(client, version, path):
    assert client.get(f"/data/schools/{path}").status_code == 404


def test_document_is_no_table(client):
    make_version(dataset=make_dataset(slug="laws"), parts=[make_part(name="law", format="pdf")])

    assert client.get("/data/laws/1/law/").status_code == 404


def test_table_goes_on_over_pages(client):
    rows = tuple((f"{number:03}", number) for number in range(120))
    make_version(dataset=make_dataset(slug="schools"), parts=[make_table_part(rows)])

    response = client.get(ADDRESS, {"page": "3", "sort": "-pupils"})

    assert (schools(response)[0], len(response.context["rows"])) == ("019", 20)


def test_table_of_now_is_that_of_the_newest_version(client, version):
    make_version(dataset=version.dataset, parts=[make_table_part((("ใหม่", 1),))])

    assert schools(client.get("/data/schools/latest/schools/")) == ["ใหม่"]
    assert len(schools(client.get(ADDRESS))) == 3


def test_difference_shows_rows_columns_words_and_files(client, version):
    dataset = version.dataset
    dataset.title_en, dataset.rhythm = "Renamed", "month"
    dataset.save()
    teachers = dataclasses.replace(COLUMNS[1], name="teachers", title=LocalText("ครู", "Teachers"))
    columns = (*COLUMNS, teachers)
    rows = (("วัดกลาง", 130, 5), ("ใหม่", 1, 1), ("<b>บ้านโนน</b>", None, 1))
    make_version(dataset=dataset, parts=[make_table_part(rows, columns), make_part(b"%PDF", name="law", format="pdf")])

    response = client.get("/en/data/schools/1..2/")
    page = response.content.decode()
    found = response.context["changes"].tables[0].difference

    assert (found.rows_added, found.rows_removed, found.rows_changed) == (1, 1, 1)
    for words in ("New column: Teachers", "law.pdf is new.", "<del>120</del> <ins>130</ins>", "<ins>monthly</ins>"):
        assert words in page
    assert "<b>บ้านโนน</b>" not in page


def test_difference_says_in_words_what_a_column_holds_now(client, version):
    columns = (COLUMNS[0], dataclasses.replace(COLUMNS[1], type="string"))
    make_version(dataset=version.dataset, parts=[make_table_part((("วัดกลาง", "many"),), columns)])

    page = client.get("/en/data/schools/1..2/").content.decode()

    assert "Pupils holds text instead of whole number." in page
    assert "VARCHAR" not in page


def test_difference_of_a_version_and_itself_is_nothing(client, version):
    assert "Nothing: both versions say the same." in client.get("/en/data/schools/1..1/").content.decode()


def test_difference_of_tables_too_large_says_what_to_do(client, version, monkeypatch):
    make_version(dataset=version.dataset, parts=[make_table_part(ROWS[:1])])

    def give_up(*_given):
        raise TooSlow

    monkeypatch.setattr(dataset_changes, "compare", give_up)

    assert "too large to be compared" in client.get("/en/data/schools/1..2/").content.decode()


@pytest.mark.parametrize("path", ["1..9/", "9..1/", "0..1/", "1..99999999999999999/"])
def test_difference_with_a_version_that_is_not_there_is_not_found(client, version, path):
    assert client.get(f"/data/schools/{path}").status_code == 404


def test_two_versions_are_chosen_in_a_form(client, version):
    assert client.get("/en/data/schools/compare/?from=1&to=2").headers["Location"] == "/en/data/schools/1..2/"


@pytest.mark.parametrize(
    "query", ["", "?from=1", "?from=a&to=1", "?from=1&to=-1", "?from=²&to=1", f"?from={'9' * 40}&to=1"]
)
def test_no_two_versions_are_nothing_to_compare(client, version, query):
    assert client.get(f"/data/schools/compare/{query}").status_code == 404


def test_table_is_offered_for_excel_and_read_by_programs_whatever_the_encoding_of_the_file(client, version):
    page = html.unescape(client.get("/en/data/schools/").content.decode())

    assert 'href="/data/schools/1/schools.csv?bom=1"' in page
    assert 'read.csv("http://localhost:8000/data/schools/1/schools.csv?bom=1", fileEncoding = "UTF-8-BOM")' in page
