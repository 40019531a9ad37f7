"""How often data are taken: counted without knowing by whom, written now and then, summed up every night."""

import datetime as dt

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.test import override_settings
from django.utils import timezone

from learningcity.opendata.actions import counting, sum_up_uses
from learningcity.opendata.enums import Way
from learningcity.opendata.jobs import sum_up_uses_daily
from learningcity.opendata.middleware import count_uses
from learningcity.opendata.models import Dataset, Use
from learningcity.opendata.queries.uses import last_months, uses_of
from tests.factories.opendata import make_catalog, make_dataset, make_version
from tests.factories.tables import make_table_part

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 Firefox/150.0"}


@pytest.fixture
def counted(client):
    """A client of a site on which is counted, and what was counted so far."""
    client.defaults.update(BROWSER)
    counting.TALLY.taken_out()
    with override_settings(COUNT_USES=True):
        client.handler.load_middleware()
        yield lambda: sorted((slug, way, count) for (slug, _month, way), count in counting.TALLY.counted.items())
    counting.TALLY.taken_out()


@pytest.fixture
def dataset():
    found = make_dataset(slug="schools")
    make_version(dataset=found, parts=[make_table_part(name="rows")])
    return found


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/data/schools/1/rows.csv", "csv"),
        ("/data/schools/latest/rows.xlsx", "xlsx"),
        ("/data/schools/latest/rows.csv?bom=1", "csv"),
        ("/data/schools/1/datapackage.zip", "zip"),
        ("/data/schools/1/datapackage.json", "harvest"),
        ("/data/schools/croissant.json", "harvest"),
        ("/data/schools.ttl", "harvest"),
        ("/api/v1/datasets/schools", "harvest"),
        ("/api/v1/datasets/schools/tables/rows", "api"),
        ("/api/3/action/package_show?id=schools", "harvest"),
        ("/api/3/action/package_search?q=", "harvest"),
        ("/api/3/action/datastore_search?resource_id={uid}", "api"),
    ],
)
def test_what_is_taken_is_counted_by_its_way(client, counted, dataset, path, way):
    uid = dataset.versions.get().distributions.get().uid
    answer = client.get(path.format(uid=uid))

    assert (answer.status_code, counted()) == (200, [("schools", way, 1)])


def test_list_counts_for_its_dataset(client, counted):
    make_catalog()
    client.get("/en/lists/cities.xlsx?kind=province")

    assert counted() == [("cities", "xlsx", 1)]


@pytest.mark.parametrize(
    "agent", ["", "Googlebot/2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "LearningCityHarvester/1.0"]
)
def test_robots_are_left_out(client, counted, dataset, agent):
    client.get("/data/schools/1/rows.csv", HTTP_USER_AGENT=agent)

    assert counted() == []


def test_what_is_not_handed_out_is_not_counted(client, counted, dataset):
    path = "/data/schools/1/rows.csv"
    mark = client.head(path)["ETag"]
    client.get(path, headers={"If-None-Match": mark})
    client.get(path, headers={"Range": "bytes=5-"})
    for other in ("/data/schools/2/rows.csv", "/data/schools/", "/data/nothing/1/rows.csv", "/api/v1/datasets/nothing"):
        client.get(other)
    client.cookies["sessionid"] = "x"
    client.get(path)

    assert counted() == []


def test_file_that_is_fetched_in_parts_counts_once(client, counted, dataset):
    for some in ("bytes=0-4", "bytes=5-"):
        assert client.get("/data/schools/1/rows.csv", headers={"Range": some}).status_code == 206

    assert counted() == [("schools", "csv", 1)]


def test_uses_are_written_together_and_added_up(client, counted, dataset, monkeypatch, django_assert_num_queries):
    for _time in range(2):
        client.get("/data/schools/1/rows.csv")
        counting.write_uses()
    monkeypatch.setattr(counting, "PAUSE", 0)
    client.get("/data/schools/1/rows.csv")
    counting.TALLY.add([("nothing", Way.CSV)])
    with django_assert_num_queries(3):
        counting.write_uses()
    counting.write_uses()

    use = Use.objects.get()
    assert (use.dataset, use.month, use.way, use.count) == (dataset, timezone.localdate().replace(day=1), "csv", 3)
    assert (str(use).endswith("csv: 3"), counted()) == (True, [])


def test_what_the_database_does_not_take_is_kept_for_the_next_time(counted, dataset, monkeypatch, caplog):
    def broken(*_said):
        raise DatabaseError

    counting.TALLY.add([("schools", Way.API)])
    with monkeypatch.context() as patch:
        patch.setattr(counting.connection, "cursor", broken)
        counting.write_uses()

    assert (counted(), "could not be written down" in caplog.text) == ([("schools", "api", 1)], True)


def test_nights_sum_is_of_downloads_of_twelve_months(dataset):
    this = timezone.localdate().replace(day=1)
    months = last_months(this)
    old = this.replace(year=this.year - 1)
    for month, way, count in (
        (this, "csv", 3),
        (months[-1], "zip", 4),
        (old, "csv", 50),
        (this, "api", 60),
        (this.replace(year=this.year - 6), "csv", 1),
    ):
        Use.objects.create(dataset=dataset, month=month, way=way, count=count)
    other = make_dataset(downloads=9)
    sum_up_uses_daily(0)
    sum_up_uses()

    uses = uses_of(dataset)
    assert list(Dataset.objects.order_by("pk").values_list("downloads", flat=True)) == [7, 0]
    assert (other.pk > dataset.pk, Use.objects.count()) == (True, 4)
    assert (uses.ways, len(uses.months), uses.downloads) == ([Way.CSV, Way.ZIP, Way.API], 12, 7)
    assert (uses.months[0].counts, uses.months[0].downloads) == ([(Way.CSV, 3), (Way.ZIP, 0), (Way.API, 60)], 3)


def test_months_before_anything_was_counted_are_not_told(dataset):
    assert (uses_of(dataset).months, last_months(dt.date(2026, 2, 28))[::11]) == (
        [],
        [dt.date(2026, 2, 1), dt.date(2025, 3, 1)],
    )


def test_figure_stands_on_the_public_page(client, dataset):
    none = client.get("/en/data/schools/").content.decode()
    Dataset.objects.update(downloads=1234)
    some = client.get("/en/data/schools/").content.decode()

    words = "Downloads in the last 12 months"
    assert (words in none, words in some, "1,234" in some) == (False, True, True)


def test_nothing_is_counted_where_it_is_not_wanted():
    with pytest.raises(MiddlewareNotUsed):
        count_uses(lambda request: None)
