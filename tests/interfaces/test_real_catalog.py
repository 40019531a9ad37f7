"""What the platform itself knows, from the files under data/, in every standard at once."""

import json
import warnings

import pytest
from django.conf import settings

from learningcity.interfaces.queries.features import known_features
from learningcity.opendata.actions import keep_snapshots
from learningcity.opendata.models import Dataset
from learningcity.portal.actions.load import load_folder
from tests.interfaces.oai import ask, code, texts
from tests.interfaces.test_dcat import AP2, AP3, read, violations
from tests.proofs import proves

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import mlcroissant

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@proves("DCAT-AP 3.0.1", by="pyshacl")
@proves("DCAT-AP 2.1.1", by="pyshacl")
@proves("Croissant 1.0", by="mlcroissant")
@proves("OAI-PMH 2.0", by="lxml")
def test_what_the_platform_knows_is_read_in_every_standard(client):
    load_folder(settings.ROOT / "data")
    keep_snapshots()
    known_features.cache_clear()
    slugs = list(Dataset.objects.values_list("slug", flat=True))

    graph = read(client, "/catalog.ttl")
    records = ask(client, "ListRecords", metadataPrefix="oai_dc")
    croissants = [json.loads(client.get(f"/data/{slug}/croissant.json").content) for slug in slugs]
    cities = json.loads(client.get("/ogc/collections/cities/items").content)

    assert (violations(graph, AP3), violations(graph, AP2)) == ("", "")
    assert code(records) == ""
    assert len([one for one in texts(records, "setSpec") if one == "dataset"]) == len(slugs)
    assert [mlcroissant.Dataset(jsonld=said).metadata.issues.errors for said in croissants] == [set()] * len(slugs)
    assert cities["numberMatched"] >= 13
