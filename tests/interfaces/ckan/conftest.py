import io
import json

import duckdb
import pytest

from learningcity.common.columnar.schema import Column, as_schema
from learningcity.common.text import LocalText
from learningcity.opendata.actions import keep_file
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_part, make_version

COLUMNS = [
    Column(name="school", title=LocalText("โรงเรียน", "School")),
    Column(name="year", title=LocalText("ปี", "Year"), type="year"),
    Column(name="pupils", title=LocalText("นักเรียน", "Pupils"), type="integer"),
    Column(name="score", title=LocalText("คะแนน", "Score"), type="number"),
    Column(name="day", title=LocalText("วันที่", "Day"), type="date"),
    Column(name="open", title=LocalText("เปิด", "Open"), type="boolean"),
    Column(name="seen", title=LocalText("เห็นเมื่อ", "Seen"), type="datetime"),
]
ROWS = 250


@pytest.fixture
def call(client):
    """Call an action by POST with JSON, as ckanapi does."""

    def called(name, /, **given):
        answer = client.post(f"/api/action/{name}", json.dumps(given), content_type="application/json")
        said = answer.json()
        return said["result"] if answer.status_code == 200 else (answer.status_code, said.get("error"))

    return called


@pytest.fixture
def read(client):
    """Call an action by GET."""
    return lambda name, **given: client.get(f"/api/3/action/{name}", given).json()["result"]


def table_part(folder):
    """Make a CSV file with its rows as Parquet."""
    path, brought = folder / "pupils.parquet", folder / "pupils.csv"
    rows = """(SELECT 'โรงเรียนบ้าน ' || i AS school, (2560 + i % 5)::INTEGER AS year, i * 7 % 100 AS pupils,
        i / 4.0::DOUBLE AS score, DATE '2024-09-17' + i::INT AS day, i % 2 = 0 AS "open",
        TIMESTAMP '2024-09-17 01:02:03' + INTERVAL (i) HOUR AS seen FROM range(?) r(i))"""
    engine = duckdb.connect()
    engine.execute(f"COPY {rows} TO ? (FORMAT parquet)", [ROWS, str(path)])
    engine.execute(f"COPY {rows} TO ? (FORMAT csv, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S')", [ROWS, str(brought)])
    file = keep_file(io.BytesIO(path.read_bytes()), "application/vnd.apache.parquet")
    return make_part(brought.read_bytes(), name="pupils", table=file, row_count=ROWS, schema=as_schema(COLUMNS))


@pytest.fixture
def table(tmp_path):
    """A dataset of a city with one table of 250 rows."""
    city = make_city(name_th="ขอนแก่น", name_en="Khon Kaen")
    dataset = make_dataset(slug="pupils", place=city.slug, title_th="นักเรียน", data_type="records")
    return make_version(dataset=dataset, parts=[table_part(tmp_path)])


@pytest.fixture
def resource(table):
    """The id of the table of 250 rows."""
    return str(table.distributions.get().uid)
