"""What we publish we can harvest: our own interfaces, over HTTP."""

import pytest

from learningcity.harvest.actions import stages
from learningcity.harvest.models import Copy
from learningcity.moderation.registry import authority
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Dataset
from tests.factories.harvest import make_host, make_origin
from tests.factories.opendata import make_dataset, make_version
from tests.factories.tables import make_table_part
from tests.proofs import proves

pytestmark = [
    proves("CKAN API 3, DCAT, OAI-PMH (harvesting)", by="pytest"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
WAYS = [
    ("ckan", "/"),
    ("dcat", "/catalog.ttl"),
    ("dcat", "/catalog.jsonld"),
    ("dcat", "/catalog.rdf"),
    ("oai", "/oai?set=dataset"),
]


def officer_place(officer):
    return authority().places_of(officer)[0]


@pytest.fixture
def here(live_server, settings, monkeypatch):
    """Our own site as others see it, and one that does not know its own again."""
    monkeypatch.setattr(stages, "ours_among", lambda records: set())
    settings.SITE_URL = live_server.url
    site = live_server.url.removeprefix("http://")
    settings.HARVEST_TEST_SERVERS = [site]
    make_host(name=site)
    return live_server.url


@pytest.mark.parametrize("way", WAYS)
def test_what_we_publish_we_can_harvest(here, officer, secretariat, harvest, way):
    kind, path = way
    place = officer_place(officer)
    said = {"license": "CC-BY-SA-3.0-IGO", "first_year": 2020, "last_year": 2024, "keywords_en": ["sample"]} | {
        "allow_harvest": True
    }
    ours = [make_dataset(**said) for _ in range(3)]
    for dataset in ours:
        make_version(dataset=dataset, parts=[make_table_part()])
    origin = make_origin(kind=kind, address=here + path, place=place, by=officer)

    first = harvest(origin)
    copies = {copy.dataset.title_en: copy for copy in Copy.objects.select_related("dataset")}
    withdraw_dataset(ours[2], "ซ้ำ", "Twice.", by=secretariat)
    # What was taken over is published here too, and found a second time.
    second = harvest(origin, "everything" if kind == "dcat" else "changes")

    copy = copies[ours[0].title_en].dataset
    assert (first.state, first.new, first.refused) == ("done", 3, 0)
    assert (second.state, second.gone) == ("done", 1)
    assert list(Copy.objects.exclude(gone_at=None)) == [copies[ours[2].title_en]]
    assert (copy.title_th, copy.notes_th, copy.license, copy.place) == (
        ours[0].title_th,
        "คำอธิบาย",
        "CC-BY-SA-3.0-IGO",
        place,
    )
    assert (copy.keywords_th, copy.keywords_en) == (["ตัวอย่าง"], ["sample"])
    if kind != "oai":
        assert (copy.first_year, copy.last_year, copy.maintainer_email) == (2020, 2024, "data@example.org")
    there, here = (Dataset.objects.get(pk=each.pk).versions.get().distributions.get() for each in (ours[0], copy))
    assert (here.row_count, [field["name"] for field in here.schema["fields"]]) == (
        there.row_count,
        [field["name"] for field in there.schema["fields"]],
    )
