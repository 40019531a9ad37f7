"""What the platform knows, kept as versions."""

import pytest

from learningcity.audit.actions import write
from learningcity.cities.models import City
from learningcity.common.columnar.schema import Column
from learningcity.common.text import LocalText
from learningcity.opendata import jobs, registry
from learningcity.opendata.actions import keep_snapshots
from learningcity.opendata.models import Dataset, Version
from learningcity.opendata.queries import entry_at, entry_of
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db
WORDS = LocalText("เมือง", "Cities")


@pytest.fixture
def offer(monkeypatch):
    """Offer one table of this test alone; told a source, every row rests on it."""

    def offered(source=None):
        monkeypatch.setattr(registry, "_publications", {})
        names = ("slug", "source") if source else ("slug",)
        more = (source.slug,) if source else ()
        registry.publish(
            registry.Publication(
                name="places",
                title=WORDS,
                notes=WORDS,
                columns=tuple(Column(name=name, title=WORDS) for name in names),
                rows=lambda: ((slug, *more) for slug in City.objects.order_by("slug").values_list("slug", flat=True)),
                keywords=(WORDS,),
                key=("slug",),
            )
        )

    return offered


def test_keep_snapshots_makes_a_described_dataset_and_its_first_version(offer):
    offer()
    make_city()
    (version,) = keep_snapshots()
    dataset = Dataset.objects.get()

    assert (version.number, version.by, version.distributions.get().row_count) == (1, None, 1)
    assert (dataset.slug, dataset.publication, dataset.license) == ("places", "places", "CC-BY-4.0")
    assert all((dataset.title_th, dataset.notes_th, dataset.keywords_th, dataset.origin_th, dataset.maintainer_th))
    assert (dataset.maintainer_email, dataset.changed_at) == ("noreply@localhost", version.made_at)


def test_keep_snapshots_keeps_a_version_only_of_what_changed(offer):
    offer()
    city = make_city()
    first = keep_snapshots()
    write("look", city, by=None)
    second = keep_snapshots()
    make_city()
    third = keep_snapshots()

    assert [len(first), len(second), len(third)] == [1, 0, 1]
    assert [part.row_count for part in (first[0].distributions.get(), third[0].distributions.get())] == [1, 2]


def test_old_versions_are_offered_as_they_were_and_the_newest_as_it_is_now(offer):
    offer()
    make_city()
    (version,) = keep_snapshots()
    dataset = version.dataset

    assert entry_at(version).offers[0].path == "/data/places/1/places.parquet"
    assert entry_of(dataset).offers[0].path == "/data/places/latest/places.csv"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "CC-BY-4.0"),
        ("MIT, © somebody", "CC-BY-4.0"),
        ("CC BY-SA", "CC-BY-SA-4.0"),
        ("CC BY-SA 3.0 IGO, © UNESCO", "CC-BY-SA-3.0-IGO"),
    ],
)
def test_a_source_may_ask_for_a_stricter_license(offer, asked, given):
    offer(make_source(license=asked))
    make_city()
    keep_snapshots()

    assert Dataset.objects.get().license == given


def test_a_publication_whose_address_is_taken_gets_one_beside_it(offer):
    offer()
    make_dataset(slug="places")
    keep_snapshots()

    assert Dataset.objects.get(publication="places").slug == "platform-places"


def test_the_clock_keeps_snapshots(offer):
    offer()
    jobs.keep_snapshots_every_day(timestamp=0)

    assert Version.objects.count() == 1
