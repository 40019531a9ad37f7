"""Places and resources to learn, as other programs read them."""

import json

import pytest

from learningcity.moderation.registry import kind_named
from learningcity.opendata.registry import publication_named
from tests.factories.cities import make_city
from tests.factories.content import SOURCE, publish
from tests.factories.library import make_place, make_resource
from tests.factories.moderation import make_revision
from tests.factories.opendata import make_dataset
from tests.factories.sources import make_source
from tests.library.test_kinds import RESOURCE

pytestmark = pytest.mark.django_db
LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=resource"


TABLES = ("learning-places", "learning-resources")


def names(table):
    publication = publication_named(table)
    assert publication
    return [column.name for column in publication.columns]


def rows_of(table):
    publication = publication_named(table)
    assert publication
    return list(publication.rows())


def published():
    """Let two officers bring a resource to the site."""
    city = make_city(slug="khon-kaen")
    publish("learning-resource", city, RESOURCE | SOURCE | {"source": make_source().slug})
    return kind_named("learning-resource").model.objects.get()


def items(client, path):
    return json.loads(client.get(f"/api/v1/{path}").content)["items"]


def test_a_resource_that_officers_published_is_harvested(client):
    published()

    page = client.get(LIST).content.decode()

    said = (
        "Reading aloud",
        "Sample Author",
        "สำนักพิมพ์ตัวอย่าง",
        "<dc:language>nod</dc:language>",
        "/library/reading-aloud/",
    )
    assert [one for one in said if one not in page] == []
    assert "creativecommons.org/licenses/by/4.0" in page


def test_a_resource_that_is_removed_leaves_a_tombstone(client):
    resource = published()
    kind = kind_named("learning-resource")
    make_revision(kind=kind.name, key=str(resource.pk), place="khon-kaen", number=2, values={})
    assert kind.remove
    kind.remove(resource)

    page = client.get(LIST).content.decode()

    assert 'status="deleted"' in page
    assert "Reading aloud" not in page


@pytest.mark.parametrize(
    ("asked", "having"),
    [
        ("stage=older", {"stages": ["all"]}),
        ("need=hearing", {"access": ["captions"]}),
        ("language=nod", {"languages": ["nod"]}),
        ("audience=parent", {"audiences": ["parent"]}),
        ("subject=health", {"subject": "health"}),
        ("license=CC0-1.0", {"license": "CC0-1.0"}),
    ],
)
def test_resources_are_narrowed(client, asked, having):
    wanted = make_resource(**having)
    make_resource()

    assert [one["slug"] for one in items(client, f"learning-resources?{asked}")] == [wanted.slug]


def test_places_are_narrowed(client):
    wanted = make_place(access=["quiet"], kind="temple")
    make_place()

    assert [one["slug"] for one in items(client, "learning-places?need=quiet&kind=temple")] == [wanted.slug]


def test_a_resource_does_not_name_a_dataset_that_nobody_may_see(client):
    make_resource(dataset=make_dataset(slug="zqx-hidden", category="secret"))
    make_resource(slug="z-open", dataset=make_dataset(slug="open"))

    assert [one["dataset"] for one in items(client, "learning-resources")] == [None, "open"]


def test_places_are_on_maps_longitude_first(client):
    make_place(slug="museum", latitude="16.43800", longitude="102.83700")
    make_place()

    page = json.loads(client.get("/ogc/collections/learning-places/items?f=json").content)

    located = [one for one in page["features"] if one["geometry"]]
    assert [one["geometry"]["coordinates"] for one in located] == [[102.837, 16.438]]


def test_tables_hold_a_value_for_each_column():
    make_place(slug="museum", access=["quiet", "wheelchair"])
    make_resource(slug="film", minutes=45)
    make_resource(slug="maps", dataset=make_dataset(slug="hidden", category="secret"))

    rows = {name: [dict(zip(names(name), row, strict=True)) for row in rows_of(name)] for name in TABLES}

    assert [row["access"] for row in rows["learning-places"]] == ["quiet; wheelchair"]
    assert [(row["slug"], row["minutes"], row["dataset"]) for row in rows["learning-resources"]] == [
        ("film", 45, None),
        ("maps", None, None),
    ]
