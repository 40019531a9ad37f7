import pytest
from django.db import DatabaseError

from learningcity.config import health


def test_healthz_needs_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"alive": True})


@pytest.mark.django_db
def test_readyz_is_ready_with_all_tables(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True, "missing": []})


def test_readyz_says_that_the_database_is_away(client, monkeypatch):
    def fail(_connection):
        raise DatabaseError("the server at 203.0.113.7 is away")

    monkeypatch.setattr(health.MigrationRecorder, "applied_migrations", fail)
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"ready": False, "missing": ["database"]})


@pytest.mark.django_db
def test_readyz_says_that_tables_are_of_an_older_version(client, monkeypatch):
    monkeypatch.setattr(health, "migrations", lambda: {("cities", "9999_of_tomorrow")})
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"ready": False, "missing": ["migrations"]})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_health_is_never_cached(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
