"""Datasets as files: whole, in parts, with license and citation."""

import codecs
import io
import json
import zipfile

import pytest

from learningcity.audit.actions import write
from learningcity.common.columnar import writing
from learningcity.common.columnar.keeping import keep_rows
from learningcity.common.columnar.schema import Column, as_schema
from learningcity.common.text import LocalText
from learningcity.opendata.actions import keep_file
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import archives, entry_of, files_of
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db
COLUMNS = (
    Column(name="school", title=LocalText("โรงเรียน", "School")),
    Column(name="pupils", title=LocalText("นักเรียน", "Pupils"), type="integer"),
)
ROWS = [("บ้านไผ่", 120), ("=1+1", 80)]
CSV = "school,pupils\nบ้านไผ่,120\n=1+1,80\n"
BROUGHT = "โรงเรียน,นักเรียน\r\nบ้านไผ่,120\r\n=1+1,80\r\n".encode("cp874")


@pytest.fixture
def version(tmp_path):
    """A dataset with a table that was brought in an old encoding, and a document."""
    keep_rows(ROWS, COLUMNS, tmp_path / "table")
    with (tmp_path / "table").open("rb") as content:
        table = keep_file(content, "application/vnd.apache.parquet")
    dataset = make_dataset(slug="pupils")
    part = make_part(BROUGHT, name="pupils", title_th="นักเรียน", table=table, row_count=2, schema=as_schema([*COLUMNS]))
    note = make_part(b"%PDF-1.7", name="note", format="pdf", media_type="application/pdf")
    return make_version(dataset=dataset, parts=[part, note])


@pytest.fixture
def live():
    make_city(slug="khon-kaen", latitude="16.43", longitude="102.83", location_source=make_source())
    return make_dataset(slug="cities", publication="cities")


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def test_what_was_brought_comes_back_byte_for_byte(client, version):
    answer = client.get("/data/pupils/1/pupils.csv")

    assert (answer.status_code, body(answer)) == (200, BROUGHT)
    assert answer["Content-Type"] == "text/csv"
    assert answer["ETag"] == f'"{version.distributions.get(name="pupils").file_id}"'
    assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_its_table_comes_as_other_files_too(client, version):
    rows = client.get("/data/pupils/1/pupils.csv?as=table")
    marked = client.get("/data/pupils/latest/pupils.csv?bom=1")
    said = client.get("/data/pupils/1/pupils.json")

    assert body(rows).decode() == CSV
    assert body(marked) == codecs.BOM_UTF8 + CSV.encode()
    assert marked["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert json.loads(body(said)) == [{"school": name, "pupils": number} for name, number in ROWS]
    assert body(client.get("/data/pupils/1/pupils.parquet"))[:4] == b"PAR1"
    assert body(client.get("/data/pupils/1/note.pdf")) == b"%PDF-1.7"


def test_every_file_says_whose_it_is_and_how_to_cite_it(client, version):
    for offer in entry_of(version.dataset).offers:
        answer = client.get(offer.path)
        assert answer["Link"] == (
            '<https://creativecommons.org/licenses/by/4.0/>; rel="license", '
            '<http://localhost:8000/data/pupils/1/>; rel="cite-as", '
            '<http://localhost:8000/data/pupils/1/datapackage.json>; rel="describedby"; type="application/json"'
        )
        assert body(answer)
        assert int(answer["Content-Length"]) > 0


def test_a_file_is_called_by_a_latin_name_and_a_thai_title(client, version):
    said = client.get("/data/pupils/1/pupils.xlsx")["Content-Disposition"]

    assert said.startswith("attachment; filename=\"pupils-1-pupils.xlsx\"; filename*=utf-8''%E0%B8%99")


def test_who_has_a_file_already_is_told_so(client, version):
    etag = client.get("/data/pupils/1/pupils.json")["ETag"]
    again = client.get("/data/pupils/1/pupils.json", headers={"If-None-Match": f'W/"x", {etag}'})

    assert (again.status_code, body(again), again["ETag"]) == (304, b"", etag)
    assert client.get("/data/pupils/1/pupils.csv")["ETag"] != etag


def test_a_part_of_a_file(client, version):
    def part(said, **more):
        return client.get("/data/pupils/1/pupils.csv", {"as": "table"}, headers={"Range": said, **more})

    middle, end = part("bytes=7-12"), part("bytes=-3")
    etag = middle["ETag"]
    size = len(CSV.encode())

    assert (middle.status_code, body(middle)) == (206, b"pupils")
    assert (middle["Content-Range"], middle["Content-Length"]) == (f"bytes 7-12/{size}", "6")
    assert (end.status_code, body(end)) == (206, b"80\n")
    assert body(part(f"bytes={size - 3}-", **{"If-Range": etag})) == b"80\n"
    assert part("bytes=7-12", **{"If-Range": '"older"'}).status_code == 200
    assert [part(said).status_code for said in ("bytes=0-1,3-4", "bytes=5-2", "lines=1-2", "bytes=-")] == [200] * 4
    beyond = part("bytes=9999-")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")


def test_head_says_how_large_a_file_is(client, version):
    answer = client.head("/data/pupils/1/pupils.csv", headers={"Range": "bytes=0-3"})

    assert answer.status_code == 200
    assert (answer["Content-Length"], body(answer), answer["Accept-Ranges"]) == (str(len(BROUGHT)), b"", "bytes")


def test_programs_of_other_sites_may_read_and_nothing_else(client, version):
    asked = client.options("/data/pupils/1/pupils.csv")

    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.post("/data/pupils/1/pupils.csv").status_code == 405


def test_a_person_who_finds_nothing_gets_a_page(client):
    answer = client.get("/data/nothing/1/table.csv", headers={"Accept": "text/html,*/*"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "pupils/2/pupils.csv",
        "pupils/01/pupils.csv",
        "pupils/-1/pupils.csv",
        "pupils/9999999999999999999/pupils.csv",
        "pupils/newest/pupils.csv",
        "pupils/1/pupils.geojson",
        "pupils/1/pupils.exe",
        "pupils/1/other.csv",
        "pupils/1/note.csv",
        "nothing/1/pupils.csv",
        "pupils/1/datapackage.csv",
        "pupils/2/datapackage.json",
        "datapackage.json",
        "hidden/1/table.csv",
        "hidden/latest/datapackage.zip",
    ],
)
def test_what_is_not_there_is_not_found(client, version, path):
    make_version(dataset=make_dataset(slug="hidden", category="personal"))

    answer = client.get(f"/data/{path}")
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (404, "*")


@pytest.mark.parametrize(
    "title",
    ['ก"; x="', "ก\r\nX-Evil: 1\r\n\r\n<script>", 'a"b\\', "a\r\nX-Evil: 1", "../../ก", "ก\u2028\u202e"],
)
def test_no_title_becomes_a_header_or_leaves_its_quotation_marks(client, title):
    make_version(dataset=make_dataset(slug="pupils"), parts=[make_part(name="pupils", title_th=title)])

    answer = client.get("/data/pupils/1/pupils.csv")

    said = answer["Content-Disposition"]
    assert (answer.status_code, answer.has_header("X-Evil")) == (200, False)
    assert said.startswith('attachment; filename="pupils-1-pupils.csv"')
    assert (said.count('"'), said.isascii(), "/" in said, said.splitlines()) == (2, True, False, [said])


def test_a_withdrawn_dataset_says_why_it_is_gone_and_no_cache_keeps_it_longer_than_a_minute(client, version):
    paths = ("1/pupils.csv", "latest/pupils.json", "1/datapackage.json", "latest/datapackage.zip", "1/datapackage.zip")
    before = {path: client.get(f"/data/pupils/{path}") for path in paths}
    Dataset.objects.update(withdrawn_at=version.made_at, reason_th="นับผิด", reason_en="Counted wrongly.")

    for path, known in before.items():
        assert known["Cache-Control"] == "public, max-age=60, must-revalidate"
        # A cache asks whether what it has is still good.
        answer = client.get(f"/data/pupils/{path}", headers={"If-None-Match": known["ETag"], "Range": "bytes=0-3"})
        assert (answer.status_code, answer.content.decode()) == (410, "นับผิด / Counted wrongly.\n")
        assert (answer["Cache-Control"], answer.has_header("ETag")) == ("no-store", False)


def test_a_workbook_that_would_be_too_long_leads_to_the_csv(client, version, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 1)
    answer = client.get("/data/pupils/1/pupils.xlsx")

    assert (answer.status_code, answer["Link"].split(";")[0]) == (
        406,
        "<http://localhost:8000/data/pupils/1/pupils.csv>",
    )


def test_live_tables_are_sent_as_they_are_now(client, live):
    said = json.loads(body(client.get("/data/cities/latest/cities.geojson")))
    make_city(slug="phayao")
    more = json.loads(body(client.get("/data/cities/latest/cities.geojson")))

    assert said["features"][0]["geometry"] == {"type": "Point", "coordinates": [102.83, 16.43]}
    assert (said["license"], said["citation"]) == (
        "CC-BY-4.0",
        "Learning City Platform. Dataset. http://localhost:8000/data/cities/".replace("Dataset", live.title_en),
    )
    assert [one["properties"]["slug"] for one in more["features"]] == ["khon-kaen", "phayao"]


def test_a_package_describes_its_files(client, version):
    said = json.loads(client.get("/data/pupils/1/datapackage.json").content)

    assert (said["version"], said["licenses"][0]["name"]) == ("1", "CC-BY-4.0")
    assert [one["path"] for one in said["resources"]] == [
        "http://localhost:8000/data/pupils/1/pupils.csv?as=table",
        "http://localhost:8000/data/pupils/1/note.pdf",
    ]
    etag = client.get("/data/pupils/1/datapackage.json")["ETag"]
    assert client.get("/data/pupils/1/datapackage.json", headers={"If-None-Match": etag}).status_code == 304


def test_a_package_names_no_license_where_nobody_specified_one(client):
    make_version(dataset=make_dataset(slug="free", license="notspecified", origin_th=""))
    said = json.loads(client.get("/data/free/1/datapackage.json").content)

    assert {"licenses", "sources"} & said.keys() == set()
    assert "license" not in client.get("/data/free/1/table.csv")["Link"].split(",")[0]


def test_a_file_whose_rows_nobody_keeps_is_sent_as_it_was_brought(client):
    part = make_part(b"a\n1\n", schema={"fields": [{"name": "a", "type": "string"}]})
    make_version(dataset=make_dataset(slug="bare"), parts=[part])

    for query in ("", "?bom=1", "?as=table"):
        assert body(client.get(f"/data/bare/1/table.csv{query}")) == b"a\n1\n"
    assert client.get("/data/bare/1/table.json").status_code == 404
    assert client.get("/data/bare/1/datapackage.zip").status_code == 200


def test_an_archive_holds_the_files_and_their_fingerprints(client, version):
    archive = zipfile.ZipFile(io.BytesIO(body(client.get("/data/pupils/latest/datapackage.zip"))))

    said = json.loads(archive.read("datapackage.json"))
    assert archive.testzip() is None
    assert archive.namelist() == ["data/pupils.csv", "data/note.pdf", "datapackage.json"]
    assert archive.read("data/pupils.csv").decode() == CSV
    assert [one["bytes"] for one in said["resources"]] == [len(CSV.encode()), 8]


def test_all_that_is_public_in_one_archive(client, version, live):
    make_version(dataset=make_dataset(slug="hidden", category="personal"))
    archive = zipfile.ZipFile(io.BytesIO(body(client.get("/data/datapackage.zip"))))

    assert sorted(archive.namelist()) == [
        "data/cities/cities.csv",
        "data/pupils/note.pdf",
        "data/pupils/pupils.csv",
        "datapackage.json",
    ]


@pytest.mark.parametrize("name", ["datapackage", "cities/latest/datapackage"])
def test_an_archive_is_made_once_for_each_state(client, version, live, monkeypatch, name):
    made = []
    monkeypatch.setattr(archives, "files_of", lambda package: made.append(package) or files_of(package))
    address = f"/data/{name}.zip"
    whole, known = client.get(address), client.head(address)
    content, etag = body(whole), whole["ETag"]
    part = client.get(address, headers={"Range": "bytes=-4", "If-Range": etag})

    assert (known["ETag"], known["Content-Length"], body(known)) == (etag, str(len(content)), b"")
    assert (part.status_code, body(part)) == (206, content[-4:])
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert len(made) == 1

    # Nothing of what is in it changed, however much is written of other things; then something did.
    write("look", live, by=None)
    assert (client.head(address)["ETag"], len(made)) == (etag, 1)
    make_city(slug="chiang-mai")
    assert (client.head(address)["ETag"] == etag, len(made)) == (False, 2)
