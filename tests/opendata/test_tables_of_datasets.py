"""The rows of datasets as Parquet on this machine."""

import io
import uuid

import duckdb
import pytest
from django.core.files.storage import InMemoryStorage

from learningcity.cities.models import City
from learningcity.common.columnar.schema import Column
from learningcity.common.storing import StoreAway
from learningcity.common.text import LocalText
from learningcity.opendata import registry
from learningcity.opendata.actions import keep_file
from learningcity.opendata.models import Distribution, File
from learningcity.opendata.queries import entry_of, find_offer, local_path, table_path
from learningcity.opendata.queries.catalog import uid_in
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_part, make_version

pytestmark = pytest.mark.django_db


def columns(*names):
    return tuple(Column(name=name, title=LocalText(name, name)) for name in names)


@pytest.fixture
def published(monkeypatch):
    """A publication of this test alone, and its dataset."""
    monkeypatch.setattr(registry, "_publications", {})
    words = LocalText("เมือง", "Cities")
    registry.publish(
        registry.Publication(
            name="places",
            title=words,
            notes=words,
            columns=columns("slug", "name_th"),
            rows=lambda: City.objects.order_by("slug").values_list("slug", "name_th"),
            keywords=(words,),
            key=("slug",),
        )
    )
    return make_dataset(publication="places", slug="places")


def rows(path):
    return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()


def make_table(content=b"PAR1"):
    return keep_file(io.BytesIO(content), "application/vnd.apache.parquet")


def test_a_live_table_holds_what_the_platform_knows_now(published):
    city = make_city()
    before = table_path(published, "places")
    again = table_path(published, "places")
    other = make_city()

    assert before == again
    assert rows(before) == [(city.slug, city.name_th)]
    assert rows(table_path(published, "places")) == sorted((one.slug, one.name_th) for one in (city, other))


def test_a_live_table_that_is_old_goes_after_a_while(published):
    paths = [make_city() and table_path(published, "places") for _number in range(5)]

    assert [path.exists() for path in paths] == [False, False, True, True, True]


def test_a_table_is_found_by_name_and_version():
    table = make_table()
    version = make_version(parts=[make_part(table=table, row_count=1)])
    dataset = version.dataset

    assert table_path(dataset, "table").read_bytes() == b"PAR1"
    assert table_path(dataset, "table", 1) == table_path(dataset, "table")
    assert table_path(dataset, "table", 2) is None
    assert table_path(dataset, "other") is None


def test_a_document_has_no_table():
    version = make_version()

    assert table_path(version.dataset, "table") is None


def test_a_file_that_lies_elsewhere_is_fetched_once(monkeypatch):
    store = InMemoryStorage()
    monkeypatch.setattr(File._meta.get_field("file"), "storage", store)
    file = make_table()
    first = local_path(file)
    store.delete(file.file.name)

    assert (first.read_bytes(), local_path(file)) == (b"PAR1", first)


def test_a_file_that_is_no_longer_there_is_said_to_be_away():
    file = make_table()
    file.file.storage.delete(file.file.name)

    with pytest.raises(StoreAway, match="is not where it was stored"):
        local_path(file)


def test_find_offer_finds_every_file_of_the_catalog(published):
    make_version(dataset=published)
    brought = make_version(
        parts=[make_part(table=make_table(), row_count=1, schema={"fields": [{"name": "a", "type": "string"}]})]
    )
    make_version(dataset=brought.dataset)

    for dataset in (published, brought.dataset):
        for offer in entry_of(dataset).offers:
            assert find_offer(offer.uid) == (dataset, offer)
    own = brought.distributions.get().uid
    assert find_offer(own)[1].path == f"/data/{brought.dataset.slug}/1/table.csv"
    assert find_offer(uid_in("xlsx", own))[1].path == f"/data/{brought.dataset.slug}/1/table.xlsx"


def test_find_offer_finds_nothing_of_what_is_not_public():
    hidden = make_version(dataset=make_dataset(category="personal"), parts=[make_part(table=make_table(), row_count=1)])
    part = Distribution.objects.get(version=hidden)

    assert find_offer(part.uid) is None
    assert find_offer(uid_in("csv", part.uid)) is None
    assert find_offer(uuid.uuid4()) is None
