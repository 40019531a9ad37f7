"""Datasets in the words of schema.org, as they stand in a page."""

import json

import pytest

from learningcity.opendata.queries import entry_of
from learningcity.portal.exports.jsonld_data import catalog_as_json_ld, dataset_as_json_ld
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_part, make_version

pytestmark = pytest.mark.django_db
HERE = "http://localhost:8000"


def test_a_dataset_says_whose_it_is_and_where_its_files_are():
    city = make_city(name_en="Khon Kaen")
    dataset = make_dataset(
        slug="pupils", title_en="Pupils", place=city.slug, first_year=2019, landing_page="https://x.org/"
    )
    make_version(dataset=dataset, parts=[make_part(schema={"fields": [{"name": "a", "title": "ก", "unit": "คน"}]})])

    said = json.loads(dataset_as_json_ld(entry_of(dataset)))

    assert (said["@type"], said["@id"], said["version"]) == ("Dataset", f"{HERE}/data/pupils/", "1")
    assert said["name"][1] == {"@language": "en", "@value": "Pupils"}
    assert said["publisher"]["url"] == f"{HERE}/cities/{city.slug}/"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["temporalCoverage"] == "2019/.."
    assert said["distribution"][0]["contentUrl"] == f"{HERE}/data/pupils/1/table.csv"
    assert (said["distribution"][0]["contentSize"], len(said["distribution"][0]["sha256"])) == ("4 B", 64)
    assert [one["unitText"] for one in said["variableMeasured"]] == ["คน"]


def test_a_bare_dataset_says_what_it_has():
    dataset = make_dataset(title_en="", notes_th="", notes_en="", license="notspecified")

    said = json.loads(dataset_as_json_ld(entry_of(dataset)))

    assert said["description"] == [{"@language": "th", "@value": dataset.title_th}]
    assert {"license", "version", "temporalCoverage", "spatialCoverage", "sameAs"} & said.keys() == set()


def test_nothing_that_people_write_ends_the_element_it_stands_in():
    dataset = make_dataset(title_en="</script><script>alert(1)</script>&<!--")

    text = dataset_as_json_ld(entry_of(dataset))

    assert {"<", ">", "&"} & set(text) == set()
    assert json.loads(text)["name"][1]["@value"] == dataset.title_en


def test_the_catalog_is_one_of_data():
    said = json.loads(catalog_as_json_ld())

    assert (said["@type"], said["url"]) == ("DataCatalog", f"{HERE}/data/")
