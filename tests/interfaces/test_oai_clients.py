"""Two clients of OAI-PMH that know nothing of each other harvest 10,000 records over HTTP."""

import datetime as dt
import warnings

import pytest
from django.db import connection
from oaipmh_scythe import Scythe

from learningcity.opendata.models import Dataset
from tests.factories.opendata import make_dataset
from tests.proofs import proves

# Sickle's own code has escapes that are none.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.oaiexceptions import BadResumptionToken, IdDoesNotExist, NoRecordsMatch

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10_000
NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def many():
    """Make 10,000 datasets, one each second, and some of them withdrawn."""
    make_dataset(changed_at=NEW_YEAR)
    names = [field.column for field in Dataset._meta.concrete_fields if field.column != "id"]
    values = {
        "uid": "gen_random_uuid()",
        "slug": "'many-' || lpad(number::text, 5, '0')",
        "changed_at": "changed_at + number * interval '1 second'",
        "withdrawn_at": "CASE WHEN number %% 10 = 0 THEN changed_at END",
        "reason_en": "CASE WHEN number %% 10 = 0 THEN 'Gone.' ELSE '' END",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO opendata_dataset ({', '.join(names)})"
            f" SELECT {', '.join(values.get(name, name) for name in names)}"
            " FROM opendata_dataset, generate_series(1, %s) AS number",
            [MANY - 1],
        )
    return {f"oai:localhost.localdomain:dataset/{uid}" for uid in Dataset.objects.values_list("uid", flat=True)}


def change(number):
    """Let a dataset change now, while somebody reads the list."""
    Dataset.objects.filter(slug=f"many-{number:05}").update(changed_at=NEW_YEAR.replace(year=2027), title_en="Changed")


def withdraw(number):
    Dataset.objects.filter(slug=f"many-{number:05}").update(
        changed_at=NEW_YEAR.replace(year=2027), withdrawn_at=NEW_YEAR, reason_en="Gone."
    )


@proves("OAI-PMH 2.0", by="sickle")
def test_sickle_harvests_all_of_them_while_some_change(live_server, many):
    harvest = Sickle(f"{live_server.url}/oai").ListRecords(metadataPrefix="oai_dc")
    seen = []

    for number, record in enumerate(harvest):
        seen.append(record.header.identifier)
        if number == 5_000:
            # Of what was sent, of what was not, and out of the list.
            change(11), change(9_001), withdraw(7_001)

    assert set(seen) == many
    # The three come at the end; the first of them for the second time.
    assert len(seen) == MANY + 1
    assert record.header.datestamp == "2027-01-01T00:00:00Z"


@proves("OAI-PMH 2.0", by="sickle")
def test_sickle_harvests_what_is_new_and_learns_what_is_gone(live_server, many):
    change(11), withdraw(7_001)
    harvest = Sickle(f"{live_server.url}/oai").ListRecords(metadataPrefix="oai_dc", **{"from": "2027-01-01"})

    found = {record.deleted: record for record in harvest}

    assert set(found) == {True, False}
    assert found[False].metadata["title"][-1] == "Changed"


@proves("OAI-PMH 2.0", by="oaipmh-scythe")
def test_scythe_harvests_all_of_them(live_server, many):
    with Scythe(f"{live_server.url}/oai") as scythe:
        seen = [header.identifier for header in scythe.list_identifiers(metadata_prefix="oai_datacite")]
        identity = scythe.identify()

    assert (len(seen), set(seen)) == (MANY, many)
    assert identity.deletedRecord == "persistent"


@proves("OAI-PMH 2.0", by="sickle")
def test_clients_understand_our_errors(live_server):
    make_dataset()
    sickle = Sickle(f"{live_server.url}/oai", http_method="POST")

    with pytest.raises(IdDoesNotExist):
        sickle.GetRecord(identifier="oai:x", metadataPrefix="oai_dc")
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", set="nothing")
    with pytest.raises(BadResumptionToken):
        sickle.ListRecords(resumptionToken="x")
    assert [one.setSpec for one in sickle.ListSets()][:2] == ["dataset", "practice"]
    assert [one.metadataPrefix for one in sickle.ListMetadataFormats()] == ["oai_dc", "oai_datacite"]
