"""Titles, names of columns and cells that would be code or headers, were they not shown as what they are: letters."""

import duckdb
import pytest

from learningcity.opendata.actions import keep_file
from learningcity.opendata.models import Dataset
from tests.factories.opendata import make_dataset, make_part, make_version

pytestmark = pytest.mark.django_db
SCRIPT = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>"
HEADER = 'a\r\nSet-Cookie: x=1\r\n\r\n\u2028"; filename="b.exe'
PAGES = (
    "/en/data/",
    "/th/data/",
    "/en/data/words/",
    "/en/data/words/1/",
    "/en/data/words/latest/table/",
    "/en/data/words/1/table/?sort=-a",
    "/en/data/words/1..2/",
    "/en/data/changes.atom",
    "/data/changes.atom",
    "/data/words.rdf",
    "/en/conformance/",
)
FILES = (
    *(f"/data/words/latest/table.{form}" for form in ("csv", "json", "xlsx", "parquet")),
    "/data/words/latest/datapackage.json",
    "/data/words/latest/datapackage.zip",
    "/data/words/croissant.json",
    "/data/words.ttl",
    "/api/3/action/package_show?id=words",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
)


@pytest.fixture
def words(tmp_path) -> Dataset:
    """A dataset in which everything that somebody can type is hostile."""
    path = tmp_path / "table.parquet"
    cells = [SCRIPT, "=cmd|' /C calc'!A0", HEADER, "javascript:alert(1)"]
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE t (a VARCHAR)")
        engine.executemany("INSERT INTO t VALUES (?)", [[cell] for cell in cells])
        engine.execute("COPY t TO ? (FORMAT parquet)", [str(path)])
    with path.open("rb") as content:
        file = keep_file(content, "application/vnd.apache.parquet")
    schema = {"fields": [{"name": "a", "type": "string", "title": SCRIPT, "title_th": SCRIPT, "title_en": SCRIPT}]}
    said = {f"{name}_{tongue}": SCRIPT for name in ("title", "notes", "origin") for tongue in ("th", "en")}
    said |= {"maintainer_th": SCRIPT, "keywords_th": [SCRIPT[:90]], "keywords_en": ["*", "?x=<b>"]}
    dataset = make_dataset(slug="words", **said)
    part = {"format": "parquet", "file": file, "table": file, "schema": schema, "row_count": len(cells)}
    make_version(dataset=dataset, parts=[make_part()], note_en=SCRIPT)
    make_version(dataset=dataset, parts=[make_part(**part, title_th=HEADER, title_en=SCRIPT)], note_en=HEADER)
    return dataset


@pytest.mark.parametrize("address", PAGES)
def test_no_page_takes_hostile_words_for_code(client, words, address):
    answer = client.get(address)
    said = answer.content.decode()

    assert answer.status_code in {200, 404}
    assert "<script>alert(1)" not in said
    assert "<img src=x" not in said
    assert 'href="javascript:' not in said


@pytest.mark.parametrize("address", FILES)
def test_no_file_takes_hostile_words_for_headers(client, words, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert not any("\r" in value or "\n" in value for value in answer.headers.values())
    if "Content-Disposition" in answer:
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert "b.exe" not in answer["Content-Disposition"].partition("filename*=")[0]
        assert '"' not in answer["Content-Disposition"].partition("filename*=")[2]
    assert answer.get("X-Content-Type-Options") == "nosniff"
