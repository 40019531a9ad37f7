"""Croissant, as the library of its authors reads it. No network is touched: files are handed over beside it."""

import io
import json
import logging
import warnings

import duckdb
import pytest
from django.utils import timezone

from learningcity.opendata.actions import keep_file
from learningcity.opendata.enums import License
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.proofs import proves

# The library of Croissant and what it rests on warn of themselves.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import mlcroissant

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
FIELDS = [
    {"name": "school", "type": "string", "title": "โรงเรียน", "title_th": "โรงเรียน", "title_en": "School"},
    {"name": "pupils", "type": "integer", "title": "นักเรียน"},
    {"name": "share", "type": "number", "title": "Share"},
    {"name": "opened", "type": "date", "title": "Opened"},
    {"name": "is_public", "type": "boolean", "title": "Public"},
    {"name": "year", "type": "year", "title": "Year"},
    {"name": "counted", "type": "datetime", "title": "Counted"},
]
ROW = "'ก' AS school, 12 AS pupils, 0.5 AS share, DATE '2026-01-02' AS opened, true AS is_public, 2026 AS year"


@pytest.fixture
def table(tmp_path):
    """Make a table as Parquet."""
    path = tmp_path / "pupils.parquet"
    duckdb.sql(f"COPY (SELECT {ROW}, TIMESTAMP '2026-01-02 03:04:05' AS counted) TO '{path}' (FORMAT parquet)")
    return path


@pytest.fixture
def dataset(table):
    dataset = make_dataset(slug="schools", title_th="โรงเรียน", title_en="Schools", keywords_en=["school"])
    kept = keep_file(io.BytesIO(table.read_bytes()), "application/vnd.apache.parquet")
    schema = {"fields": FIELDS, "primaryKey": ["school"]}
    rows = make_part(name="pupils", table=kept, schema=schema, row_count=1)
    make_version(dataset=dataset, parts=[rows, make_part(b"%PDF", name="words", format="pdf")])
    return dataset


def read(client, slug="schools"):
    response = client.get(f"/data/{slug}/croissant.json")
    assert response.status_code == 200
    return json.loads(response.content)


@proves("Croissant 1.0", by="mlcroissant")
def test_the_library_of_its_authors_finds_no_error_and_no_doubt(client, dataset, caplog):
    caplog.set_level(logging.WARNING)

    metadata = mlcroissant.Dataset(jsonld=read(client)).metadata

    assert (metadata.issues.errors, metadata.issues.warnings) == (set(), set())
    assert caplog.messages == []
    assert [field.name for field in metadata.record_sets[0].fields] == [field["name"] for field in FIELDS]


@proves("Croissant 1.0", by="mlcroissant")
def test_the_library_of_its_authors_reads_the_rows(client, dataset, table):
    found = mlcroissant.Dataset(jsonld=read(client), mapping={"pupils.parquet": table})

    (row,) = found.records("pupils")

    assert (row["pupils/school"].decode(), row["pupils/pupils"], row["pupils/year"]) == ("ก", 12, 2026)


@proves("Croissant 1.0", by="mlcroissant")
@pytest.mark.parametrize("terms", License)
def test_a_bare_dataset_is_read_under_every_license(client, terms):
    make_version(dataset=make_dataset(slug="bare", license=terms, title_en="", notes_th="", notes_en=""))

    assert mlcroissant.Dataset(jsonld=read(client, "bare")).metadata.issues.errors == set()


def test_files_that_were_brought_have_their_fingerprint_and_size(client, dataset):
    files = {file["@id"]: file for file in read(client)["distribution"]}

    assert files["words.pdf"]["contentSize"] == "4 B"
    assert len(files["words.pdf"]["sha256"]) == 64
    assert "sha256" not in files["pupils.parquet"]


def test_what_is_not_there_is_not_found_and_what_was_withdrawn_is_gone(client):
    make_dataset(slug="secret", category="secret")
    make_dataset(slug="gone", withdrawn_at=timezone.now(), reason_en="Gone.")

    answers = [client.get(f"/data/{slug}/croissant.json").status_code for slug in ("none", "secret", "gone")]

    assert answers == [404, 404, 410]
