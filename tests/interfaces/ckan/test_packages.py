"""Datasets in the words of CKAN and of the Thai government catalogue."""

import json
import uuid

import pytest

from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.enums import GDC, DataType, License, Rhythm
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_dataset, make_version

pytestmark = pytest.mark.django_db
MANDATORY = {
    "data_type": "ข้อมูลระเบียน",
    "maintainer": "หน่วยงานตัวอย่าง",
    "maintainer_email": "data@example.org",
    "tag_string": "ตัวอย่าง",
    "notes": "คำอธิบาย",
    "objective": ["พันธกิจหน่วยงาน"],
    "update_frequency_unit": "ปี",
    "geo_coverage": "เทศบาล/อบต.",
    "data_source": "ทะเบียนตัวอย่าง",
    "data_format": ["CSV", "JSON", "XLS", "อื่นๆ"],
    "data_category": "ข้อมูลสาธารณะ",
    "license_id": "Creative Commons Attributions",
    "title": "นักเรียน",
}


def test_package_show_has_the_fourteen_fields_to_the_letter(call, table):
    package = call("package_show", id="pupils")

    assert {name: package[name] for name in MANDATORY} == MANDATORY
    assert package["owner_org"] == package["organization"]["id"] == call("organization_list", all_fields=True)[0]["id"]
    assert (package["allow_harvest"], package["data_format_other"]) == ("False", "Parquet")


def test_package_show_has_what_a_harvester_needs(call, table):
    dataset = table.dataset
    package = call("package_show", id=str(dataset.uid))

    assert (package["id"], package["name"], package["state"], package["private"], package["type"]) == (
        str(dataset.uid),
        "pupils",
        "active",
        False,
        "dataset",
    )
    assert package["metadata_modified"] == f"{dataset.changed_at:%Y-%m-%dT%H:%M:%S.%f}"
    assert [one["format"] for one in package["resources"]] == ["CSV", "XLSX", "JSON", "PARQUET"]
    assert package["resources"][0]["url"] == "http://localhost:8000/data/pupils/1/pupils.csv"
    assert package["tags"][0]["name"] == "ตัวอย่าง"
    assert package["groups"][0]["name"] == "records"
    assert all(type(one["value"]) is str for one in package["extras"])
    assert uuid.UUID(package["groups"][0]["id"])


@pytest.mark.parametrize(
    ("code", "said", "other"),
    [
        (License.OGL_TH, "อื่นๆ", "Open Government License - Thailand"),
        (License.CC0, "อื่นๆ", "CC0-1.0"),
        (License.CC_BY_SA_IGO, "Creative Commons Attribution Share-Alike", ""),
        (License.CC_BY_NC, "Creative Commons Non-Commercial (Any)", ""),
        (License.UNKNOWN, "License not specified", ""),
    ],
)
def test_licenses_are_those_of_the_government_catalogue(call, code, said, other):
    make_dataset(slug="one", license=code)
    package = call("package_show", id="one")

    assert (package["license_id"], package["license_id_other"]) == (said, other)


def test_every_value_of_the_government_catalogue_comes_out_as_it_is(call):
    for number, (kind, rhythm) in enumerate(zip([*DataType] * 3, Rhythm, strict=False)):
        make_dataset(slug=f"d{number}", data_type=kind, rhythm=rhythm, allow_harvest=True)
        package = call("package_show", id=f"d{number}")

        assert (package["data_type"], package["update_frequency_unit"]) == (GDC[DataType][kind], GDC[Rhythm][rhythm])
        assert package["allow_harvest"] == "True"


def test_what_is_not_public_is_nowhere(call):
    hidden = make_version(dataset=make_dataset(slug="hidden", category="personal", keywords_th=["ลับ"])).dataset
    resource = str(hidden.versions.get().distributions.get().uid)

    assert call("package_show", id="hidden") == (404, {"__type": "Not Found Error", "message": "Not found"})
    assert call("resource_show", id=resource)[0] == 404
    assert call("datastore_search", resource_id=resource)[0] == 404
    assert (call("package_list"), call("tag_list"), call("package_search")["count"]) == ([], [], 0)
    assert call("resource_search", query="format:csv")["count"] == 0


def test_a_withdrawn_dataset_says_why_unless_it_was_never_public(call):
    city, approver = make_city(), make_user()
    make_role(user=approver, kind="approver", city=city)
    withdraw_dataset(make_dataset(slug="gone", place=city.slug), "นับผิด", "Counted wrongly.", by=approver)
    hidden = make_dataset(slug="secret", place=city.slug, category="secret")
    withdraw_dataset(hidden, "นับผิด", "Counted wrongly.", by=approver)

    assert call("package_show", id="gone")[1]["message"] == "Not found: it was withdrawn: นับผิด"
    assert call("package_show", id="secret")[1]["message"] == "Not found"


def test_package_list_is_in_order_and_paged(call, read):
    for slug in ("c", "a", "b"):
        make_dataset(slug=slug)

    assert call("package_list") == ["a", "b", "c"]
    assert read("package_list", limit=1, offset=1) == ["b"]
    assert call("package_list", offset=10**15) == []
    assert [one["name"] for one in call("current_package_list_with_resources", limit=2)] == ["b", "a"]


@pytest.mark.parametrize("count", [1, 3])
def test_package_search_and_show_cost_the_same_however_many(call, count, django_assert_num_queries):
    for number in range(count):
        make_version(dataset=make_dataset(slug=f"d{number}", place=make_city().slug))

    # The count, the chosen keys, and the four of the catalog.
    with django_assert_num_queries(6):
        assert len(call("package_search")["results"]) == count
    with django_assert_num_queries(5):
        assert call("package_show", id="d0")["num_resources"] == 1


def test_search_goes_through_the_thai_search(call):
    # Adding a version is what puts a dataset into the search.
    wanted = make_version(dataset=make_dataset(slug="wanted", title_th="จำนวนนักเรียนในโรงเรียนเทศบาล")).dataset
    make_version(dataset=make_dataset(slug="other", title_th="แหล่งน้ำในเขตเมือง"))

    assert [one["id"] for one in call("package_search", q="นักเรียนเทศบาล")["results"]] == [str(wanted.uid)]
    assert call("package_search", q="zzzzqqq") | {"results": []} == {
        "count": 0,
        "sort": "score desc, metadata_modified desc",
        "results": [],
        "facets": {},
        "search_facets": {},
    }
    assert call("package_search", q="*:*")["count"] == 2
    assert call("package_search", q="organization:network")["count"] == 2


def test_search_pages_and_sorts(call, read):
    for slug in ("b", "a", "c"):
        make_dataset(slug=slug)
    names = lambda **given: [one["name"] for one in call("package_search", **given)["results"]]  # noqa: E731

    assert names(sort="name asc") == ["a", "b", "c"]
    assert names(sort="name desc", rows=1, start=1) == ["b"]
    assert names(sort="metadata_created asc") == ["b", "a", "c"]
    assert names(start=99) == names(start=10**18) == names(rows=0) == []
    assert len(names(rows=10**9)) == 3
    assert read("package_search", rows="2", sort="title_string desc")["count"] == 3


def test_facets_are_counted_among_what_is_found(read, table):
    make_dataset(data_type="records", license="OGL-TH", keywords_th=["น้ำ"])
    facets = json.dumps(["organization", "groups", "tags", "res_format", "license_id", "nothing"])
    found = read("package_search", **{"facet.field": facets})

    assert found["facets"] == {
        "organization": {table.dataset.place: 1, "network": 1},
        "groups": {"records": 2},
        "tags": {"ตัวอย่าง": 1, "น้ำ": 1},
        "res_format": {"CSV": 1, "JSON": 1, "PARQUET": 1, "XLSX": 1},
        "license_id": {"Creative Commons Attributions": 1, "อื่นๆ": 1},
        "nothing": {},
    }
    assert found["search_facets"]["groups"]["items"] == [{"name": "records", "display_name": "ข้อมูลระเบียน", "count": 2}]
    assert read("package_search", **{"facet.field": facets, "facet.limit": 1, "fq": "tags:น้ำ"})["facets"]["tags"] == {
        "น้ำ": 1
    }
