"""What becomes of the records of a live catalog that behaves like CKAN."""

import pytest

from learningcity.harvest.actions import runs
from learningcity.harvest.models import Copy, Origin
from learningcity.notices.models import Notice
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Dataset, Distribution
from learningcity.opendata.queries import entry_of, newest_version
from tests.factories.opendata import make_part, make_version
from tests.harvest.catalogs import TABLE, counts, resource
from tests.proofs import proves

pytestmark = [pytest.mark.django_db, proves("CKAN API 3, DCAT, OAI-PMH (harvesting)", by="pytest")]


def test_record_becomes_a_dataset_in_our_words(catalog, server, origin, harvest):
    gdc = {
        "data_type": "ข้อมูลสถิติ",
        "objective": ["พันธกิจหน่วยงาน", "?"],
        "update_frequency_unit": "ปี",
        "update_frequency_interval": "2",
        "geo_coverage": "จังหวัด",
        "data_category": "ข้อมูลสาธารณะ",
        "first_year_of_data": "2565",
        "last_year_of_data": "2023",
    }
    catalog.put(1, extras=[{"key": "title_en", "value": "Schools"}], **gdc)

    harvest(origin)

    dataset = Dataset.objects.get()
    assert (dataset.title_th, dataset.title_en, dataset.slug, dataset.place) == (
        "ชุดข้อมูล 1",
        "Schools",
        "schools",
        "khon-kaen",
    )
    assert (dataset.notes_th, dataset.keywords_th, dataset.keywords_en) == ("คำอธิบาย\nสองบรรทัด", ["ตัวอย่าง"], ["sample"])
    assert (dataset.data_type, dataset.objectives, dataset.rhythm, dataset.interval) == (
        "statistics",
        ["mission"],
        "year",
        2,
    )
    assert (dataset.coverage, dataset.first_year, dataset.last_year) == ("province", 2022, 2023)
    assert (dataset.origin_th, dataset.maintainer_th, dataset.license) == ("เทศบาลตัวอย่าง", "ฝ่ายข้อมูล", "CC-BY-4.0")
    assert (dataset.landing_page, dataset.allow_harvest) == (server.at("/dataset/dataset-001"), False)
    assert entry_of(dataset).version is None


@pytest.mark.parametrize("order", [("csv", "json", "xlsx"), ("xlsx", "json", "csv")])
def test_file_is_fetched_once_read_as_a_table_and_published(catalog, server, origin, harvest, order):
    catalog.files["/a/schools.csv"] = TABLE
    catalog.put(1, resources=[resource(server, f"/a/schools.{kind}", format=kind.upper()) for kind in order])

    harvest(origin)

    version = newest_version(Dataset.objects.get())
    part = version.distributions.get()
    assert (part.title_th, part.format, part.row_count, part.file.size) == ("โรงเรียน", "csv", 2, len(TABLE))
    assert part.schema["fields"][1]["title_th"] == "นักเรียน"
    assert server.paths[-1] == "/a/schools.csv"


def test_files_that_stay_where_they_are_are_told_with_the_reason(catalog, server, origin, harvest):
    catalog.files = {"/page.csv": b"<html>", "/good.csv": TABLE}
    names = ("/page.csv", "/gone.csv", "/good.csv")
    others = [
        resource(server, "/map", format="WMS"),
        {"url": "https://elsewhere.example.org/a.csv"},
        {"url": "http://169.254.169.254/a.csv"},
        {"url": "javascript:alert(1)"},
        {"url": 5},
        None,
    ]
    catalog.put(1, resources=[*(resource(server, name) for name in names), *others])

    run = harvest(origin)

    assert [each["why"] for each in run.findings.get().left] == ["content", "status", "kind", "host", "address"]
    assert (run.state, Distribution.objects.count()) == ("done", 1)


def test_nothing_new_makes_no_version_and_fetches_no_file(catalog, server, origin, harvest):
    catalog.files["/a.csv"] = TABLE
    catalog.put(1, resources=[resource(server, "/a.csv")])
    harvest(origin)
    del server.asked[:]

    run = harvest(origin, "everything")

    assert (counts(run), Dataset.objects.get().versions.count()) == ([1, 0, 0, 1, 0, 0], 1)
    assert "/a.csv" not in server.paths


def test_changed_file_becomes_the_next_version_and_one_that_did_not_change_is_not_sent_again(
    catalog, server, origin, harvest
):
    catalog.files = {"/a.csv": TABLE, "/b.csv": TABLE + b"C,3\n"}
    resources = [resource(server, "/a.csv"), resource(server, "/b.csv", name="B")]
    catalog.put(1, resources=resources)
    harvest(origin)
    catalog.files["/a.csv"] = TABLE + "ใหม่,1\n".encode()
    catalog.put(1, resources=resources, notes="ใหม่", metadata_modified="2026-02-01T00:00:00.000000")

    run = harvest(origin)

    version = newest_version(Dataset.objects.get())
    assert (counts(run), version.number) == ([1, 0, 1, 0, 0, 0], 2)
    assert [(part.name, part.row_count) for part in version.distributions.all()] == [("rongrian", 3), ("b", 3)]


def test_what_an_editor_changed_by_hand_is_never_touched(catalog, origin, harvest):
    catalog.put(1)
    harvest(origin)
    Dataset.objects.update(title_th="ชื่อที่แก้เอง", notes_en="By hand.", first_year=2030)
    catalog.put(1, title="ชื่อใหม่", notes="ใหม่", last_year_of_data="2020", metadata_modified="2026-02-01T00:00:00.000000")

    runs = [harvest(origin), harvest(origin, "everything")]

    dataset = Dataset.objects.get()
    assert (dataset.title_th, dataset.notes_th, dataset.notes_en) == ("ชื่อที่แก้เอง", "ใหม่", "By hand.")
    assert (dataset.first_year, dataset.last_year) == (2030, None)
    assert [counts(run) for run in runs] == [[1, 0, 1, 0, 0, 0], [1, 0, 0, 1, 0, 0]]


def test_files_that_a_person_brought_stay(catalog, server, origin, harvest):
    catalog.files["/a.csv"] = TABLE
    catalog.put(1, resources=[resource(server, "/a.csv")])
    harvest(origin)
    dataset = Dataset.objects.get()
    make_version(dataset=dataset, parts=[make_part(b"by,hand\n1,2\n", name="mine")])
    catalog.files["/a.csv"] = TABLE + b"D,1\n"
    catalog.put(1, notes="ใหม่", resources=[resource(server, "/a.csv")], metadata_modified="2026-02-01T00:00:00.000000")

    harvest(origin)

    version = newest_version(dataset)
    assert (version.number, version.metadata["notes_th"]) == (3, "ใหม่")
    assert [part.name for part in version.distributions.all()] == ["mine"]


@pytest.mark.parametrize(
    "said",
    [
        ({"license_id": "", "license_url": None}, "no_license", ""),
        ({"license_id": "notspecified", "license_url": ""}, "no_license", ""),
        ({"license_id": "gfdl", "license_url": ""}, "other_license", "gfdl"),
        (
            {"license_url": "https://creativecommons.org/licenses/by/3.0/th/"},
            "other_license",
            "https://creativecommons.org/licenses/by/3.0/th/",
        ),
        ({"private": True}, "not_public", ""),
        ({"data_category": "ข้อมูลส่วนบุคคล"}, "not_public", ""),
        ({"data_category": ["?"]}, "not_public", ""),
        ({"allow_harvest": "False"}, "not_offered", ""),
        ({"title": "", "name": ""}, "no_title", ""),
        ({"title": 5, "name": None}, "no_title", ""),
    ],
)
def test_record_is_refused_with_its_reason(catalog, origin, harvest, said):
    changes, reason, detail = said
    catalog.put(1, **changes)

    run = harvest(origin)

    finding = run.findings.get()
    assert (counts(run), finding.reason, finding.detail) == ([1, 0, 0, 0, 0, 1], reason, detail)
    assert not Dataset.objects.exists()


def test_license_of_the_origin_counts_only_where_the_record_names_none(catalog, origin, harvest):
    Origin.objects.update(license="OGL-TH")
    catalog.put(1, license_id="", license_url="")
    catalog.put(2, license_id="gfdl", license_url="")

    run = harvest(origin)

    assert (counts(run), Dataset.objects.get().license) == ([2, 1, 0, 0, 0, 1], "OGL-TH")


def test_gone_record_is_marked_and_proposed_to_a_person_and_its_dataset_stays(catalog, origin, harvest, approver):
    catalog.put(1)
    catalog.put(2)
    harvest(origin)
    del catalog.packages["id-001"]

    run = harvest(origin)

    gone = Copy.objects.get(remote_id="id-001")
    assert (counts(run), gone.gone_at is not None, gone.dataset.is_withdrawn) == ([1, 0, 0, 1, 1, 0], True, False)
    assert list(Notice.objects.values_list("kind", "recipient")) == [("harvest.gone", approver.pk)]
    assert counts(harvest(origin)) == [1, 0, 0, 1, 0, 0]


def test_record_that_only_the_list_forgot_is_not_gone(catalog, origin, harvest):
    catalog.put(1)
    harvest(origin)
    catalog.rows = 0

    run = harvest(origin, "everything")

    assert (run.state, counts(run), Copy.objects.get().gone_at) == ("done", [0, 0, 0, 0, 0, 0], None)


def test_record_that_comes_back_is_no_longer_gone(catalog, origin, harvest):
    catalog.put(1)
    harvest(origin)
    del catalog.packages["id-001"]
    harvest(origin)
    catalog.put(1)

    run = harvest(origin, "everything")

    assert (counts(run), Copy.objects.get().gone_at) == ([1, 0, 1, 0, 0, 0], None)


@pytest.mark.parametrize("changes", [{"private": True}, {"state": "deleted"}, {"data_category": "ข้อมูลส่วนบุคคล"}])
def test_record_that_is_public_no_more_is_gone(catalog, origin, harvest, changes):
    catalog.put(1)
    harvest(origin)
    catalog.put(1, **changes)

    assert counts(harvest(origin, "everything")) == [0, 0, 0, 0, 1, 0]


def test_dataset_that_was_withdrawn_here_is_not_brought_back(catalog, origin, harvest, approver):
    catalog.put(1)
    harvest(origin)
    withdraw_dataset(Dataset.objects.get(), "ซ้ำ", "Twice.", by=approver)

    run = harvest(origin, "everything")

    assert (counts(run), run.findings.get().reason) == ([1, 0, 0, 0, 0, 1], "withdrawn_here")


def test_record_that_our_catalog_cannot_hold_keeps_no_other_out(catalog, origin, harvest, monkeypatch):
    catalog.put(1)
    catalog.put(2)
    whole = runs.import_finding

    def stumble(run, finding):
        whole(run, finding)
        if finding.remote_id == "id-001":
            raise ZeroDivisionError

    monkeypatch.setattr(runs, "import_finding", stumble)
    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [2, 1, 0, 0, 0, 1])
    assert run.findings.get(remote_id="id-001").reason == "unreadable"
    assert Copy.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "<script>alert(1)</script>ชื่อ", "notes": "<img src=x onerror=alert(1)>คำ"},
        {"notes": "\0\x1b" + "ก" * 500_000, "tags": [{"name": "ก" * 900}] * 500},
        {"resources": {"a": 1}, "extras": "x", "tags": None, "organization": "o", "maintainer_email": ["a"]},
        {"maintainer_email": "not an address", "objective": {"a": 1}, "update_frequency_interval": "9" * 900},
        {"first_year_of_data": "2030", "last_year_of_data": "2567", "url": "javascript:alert(1)"},
        {"title": "ก" * 5000, "name": "x" * 5000, "metadata_modified": "yesterday"},
        {"metadata_modified": None, "notes": 5, "license_id": ["cc-by"]},
    ],
)
def test_odd_values_are_made_good_or_left_out(catalog, origin, harvest, changes):
    catalog.put(1, **changes)

    run = harvest(origin)

    dataset = Dataset.objects.get()
    assert (run.state, run.refused) == ("done", 0)
    assert not any(mark in f"{dataset.title_th}{dataset.notes_th}" for mark in ("<script", "onerror", "\0", "\x1b"))
    dataset.full_clean(exclude=["keywords_th"])
