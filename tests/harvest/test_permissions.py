"""Who may harvest what for whom."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from learningcity.harvest import actions
from learningcity.harvest.models import Origin
from tests.factories.harvest import make_host, make_origin, make_run

pytestmark = pytest.mark.django_db


def new(place, **changes):
    said = {
        "title": "Province",
        "kind": "ckan",
        "address": "https://data.example.org/",
        "place": place,
        "often": "week",
    }
    return Origin(**{**said, **changes})


@pytest.fixture
def host():
    return make_host(name="data.example.org")


def test_secretariat_alone_allows_hosts(secretariat, approver):
    host = actions.allow_host(" Data.Example.org ", "a sample", by=secretariat)

    assert (host.name, host.allowed_by, actions.allow_host("data.example.org", "", by=secretariat)) == (
        "data.example.org",
        secretariat,
        host,
    )
    with pytest.raises(PermissionDenied):
        actions.allow_host("data.example.org", "", by=approver)
    actions.disallow_host(host, by=secretariat)


def test_officer_enters_origins_for_their_city_on_allowed_hosts(officer, approver, city, host):
    made = [
        actions.make_origin(new(city.slug, address=f"https://data.example.org/{who.pk}"), by=who)
        for who in (officer, approver)
    ]

    assert [origin.by for origin in made] == [officer, approver]
    for address in ("https://evil.example.net/", "http://169.254.169.254/", "https://sub.data.example.org/"):
        with pytest.raises(ValidationError, match="address"):
            actions.make_origin(new(city.slug, address=address), by=officer)


def test_officer_enters_nothing_for_the_network_or_another_city(officer, city, host):
    for place in ("", "another-city"):
        with pytest.raises(PermissionDenied):
            actions.make_origin(new(place), by=officer)


def test_origin_cannot_be_moved_to_another_city_or_host(officer, city, host):
    origin = actions.make_origin(new(city.slug), by=officer)

    with pytest.raises(PermissionDenied):
        actions.change_origin(new("another-city", pk=origin.pk), by=officer)
    origin.address = "https://evil.example.net/"
    with pytest.raises(ValidationError):
        actions.change_origin(origin, by=officer)


def test_another_address_is_asked_for_everything(officer, city, host):
    origin = make_origin(place=city.slug, address="https://data.example.org/", memory={"since": "2026"})
    origin.title = "New"
    same = dict(actions.change_origin(origin, by=officer).memory)
    origin.address = "https://data.example.org/ckan"

    assert (same, actions.change_origin(origin, by=officer).memory) == ({"since": "2026"}, {})


def test_stranger_may_do_nothing(stranger, city, host):
    origin = make_origin(place=city.slug, address="https://data.example.org/")
    run = make_run(origin=origin)

    with pytest.raises(PermissionDenied):
        actions.allow_host("evil.example.net", "", by=stranger)
    with pytest.raises(PermissionDenied):
        actions.disallow_host(host, by=stranger)
    with pytest.raises(PermissionDenied):
        actions.make_origin(new(city.slug), by=stranger)
    with pytest.raises(PermissionDenied):
        actions.change_origin(origin, by=stranger)
    with pytest.raises(PermissionDenied):
        actions.look_first(new(city.slug), by=stranger)
    with pytest.raises(PermissionDenied):
        actions.begin_run(origin, "changes", by=stranger)
    with pytest.raises(PermissionDenied):
        actions.stop_run(run, by=stranger)
