"""What people bring, as packages that other programs find valid, and as every kind of file that is offered."""

import io
import json
import zipfile

import frictionless
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from learningcity.opendata.actions import describe_columns, receive_upload
from learningcity.opendata.queries import entry_of
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import examined, make_dataset, publish_uploads
from tests.proofs import proves

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def workbook():
    book = Workbook()
    for row in (["โรงเรียน", "นักเรียน", "นักเรียน"], ["วัดกลาง", 120, "=1+1"], ["รวม", 120.5, None]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def places():
    point = {"type": "Point", "coordinates": [102.83, 16.43]}
    features = [{"type": "Feature", "geometry": point, "properties": {"ชื่อ": "ห้องสมุด", "เปิด": True}}]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


BROUGHT = {
    "old.csv": "ชื่อ;วันที่;จำนวน\r\nก;17/9/2567;1,000\r\nข;;-\r\nรวม;;1,000\r\n".encode("cp874"),
    "wide.csv": 'a,a,,"b\nc"\n1,x,2024-01-01,"=1+1"\n2,,,\n'.encode("utf-16"),
    "bare.csv": b"\xef\xbb\xbfkey,value,when\n1,1.5,2024-09-17T07:30:00\n2,NaN,\n",
    "sheet.xlsx": workbook(),
    "rows.json": json.dumps([{"ก": 1, "b": [1, 2]}, {"ก": None, "c": {"d": "e"}}], ensure_ascii=False).encode(),
    "map.geojson": places(),
    "report.pdf": b"%PDF-1.7\n%%EOF",
}


# What somebody said of columns: it goes along into every description.
SAID = {"bare.csv": {"key": {"name": "row_key", "key": "on", "unit": "no.", "description_th": "เลขที่"}}}


@pytest.fixture
def version():
    city = make_city()
    editor, uploads = make_role(kind="editor", city=city).user, []
    for name, content in BROUGHT.items():
        upload = examined(receive_upload(SimpleUploadedFile(name, content), name, city.slug, by=editor))
        assert upload.refusal == "", name
        if name in SAID:
            upload = examined(describe_columns(upload, SAID[name], by=editor))
        uploads.append(upload)
    return publish_uploads(make_dataset(place=city.slug, slug="brought"), *uploads)


@proves("Data Package 2.0", by="frictionless")
@proves("Table Schema 2.0", by="frictionless")
def test_what_was_brought_is_a_valid_package(version, client, tmp_path):
    answer = client.get("/data/brought/1/datapackage.zip")
    zipfile.ZipFile(io.BytesIO(b"".join(answer))).extractall(tmp_path)

    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["taskNumber", "fieldName", "rowNumber", "note"]) == []
    assert len(report.tasks) == len(BROUGHT)


def test_what_was_said_of_columns_stands_in_every_description(version, client):
    package = client.get("/data/brought/1/datapackage.json").json()
    schemas = [one["schema"] for one in package["resources"] if one["name"].startswith("bare")]
    table = client.get("/api/v1/datasets/brought/tables/bare").json()
    listed = client.get("/api/v1/datasets/brought/tables").json()["items"]
    uid = next(part.uid for part in version.distributions.all() if part.name == "bare")
    fields = client.get(f"/api/3/action/datastore_search?resource_id={uid}").json()["result"]["fields"]
    rows = b"".join(client.get("/data/brought/1/bare.csv?as=table")).decode()
    croissant = client.get("/data/brought/croissant.json").content.decode()

    for schema in (*schemas, next(one["schema"] for one in listed if one["name"] == "bare")):
        said = schema["fields"][0]
        assert (schema["primaryKey"], said["name"], said["unit"]) == (["row_key"], "row_key", "no.")
        assert (said["description"], said["heading"]) == ("เลขที่", "key")
    assert (table["columns"][0]["name"], fields[1]["id"], rows.split(",")[0]) == ("row_key",) * 3
    assert ("bare/row_key" in croissant, "เลขที่" in croissant) == (True, True)


def test_what_was_brought_comes_as_every_kind_of_file(version, client):
    offers = entry_of(version.dataset).offers
    answers = {offer.path: client.get(offer.path) for offer in offers}

    assert {path for path, answer in answers.items() if answer.status_code != 200} == set()
    for (name, content), part in zip(BROUGHT.items(), version.distributions.all(), strict=True):
        assert b"".join(answers[f"/data/brought/1/{part.name}.{part.format}"]) == content, name
    for path, answer in answers.items():
        if path.endswith(".json") and "rows" not in path:
            assert isinstance(json.loads(b"".join(answer)), list)
