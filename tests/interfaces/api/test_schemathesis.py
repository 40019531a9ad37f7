"""Schemathesis asks every kind of address whatever its description allows, and what it does not, and finds nothing.

Lists and records of all kinds are made of the same declarations, so that some of them stand for all; with the variable
SCHEMATHESIS=all it asks every address, which takes minutes.
"""

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from learningcity.interfaces.queries import keys
from tests.factories import cities, opendata, partners, practices, sources
from tests.proofs import proves

pytestmark = pytest.mark.django_db(transaction=True)
SOME = ["index", "city", "observations", "dataset", "version-files", "table", "search"]
CONFIG = {
    "seed": 1,
    "workers": 1,
    "cache": {"enabled": False},
    "generation": {"max-examples": 3, "database": "none", "deterministic": True},
    "phases": {"coverage": {"unexpected-methods": ["POST"]}},
}


def site():
    """Return the site as a program that leaves nothing open in the threads in which it is asked."""
    application = get_wsgi_application()

    def answered(environ, start_response):
        # It says that it takes packed answers, but asked in this way it does not unpack them.
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        try:
            return [b"".join(application(environ, start_response))]
        finally:
            connections.close_all()

    return answered


@pytest.fixture
def described(monkeypatch):
    """The API as it describes itself, with something to tell at every address."""
    monkeypatch.setattr(keys, "WITHOUT_KEY", 1_000_000)
    city = cities.make_city(slug="khon-kaen")
    cities.make_milestone(city=city), opendata.make_observation(city=city), practices.make_practice(city=city)
    partners.make_agreement(city=city), partners.make_commitment(state="confirmed"), sources.make_source()
    opendata.make_version()
    config = SchemathesisConfig.from_dict(CONFIG)
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site(), config=config)
    return found if os.environ.get("SCHEMATHESIS") == "all" else found.include(operation_id=SOME)


def faults(event):
    """Return what a check found wrong, with the question."""
    if isinstance(event, events.NonFatalError | events.FatalError):
        yield str(event)
    if isinstance(event, events.ScenarioFinished):
        for case, checks in event.recorder.checks.items():
            asked = event.recorder.interactions[case].request
            for check in checks:
                if check.status == Status.FAILURE:
                    yield f"{asked.method} {asked.uri}: {check.name}: {check.failure_info.failure.message}"


@proves("OpenAPI 3.1", by="schemathesis")
def test_schemathesis_finds_nothing(described):
    assert [fault for event in from_schema(described).execute() for fault in faults(event)] == []
