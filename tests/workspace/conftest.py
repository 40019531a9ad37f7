import pytest
from django.urls import reverse

from learningcity.moderation import registry
from tests.factories import moderation
from tests.factories.cities import make_city


def address_of(note):
    return f"{reverse('city', args=[note.city.slug])}#timeline"


@pytest.fixture(autouse=True)
def _notes(monkeypatch):
    monkeypatch.setitem(registry._kinds, "note", moderation.NOTE)
    monkeypatch.setitem(registry._pages, "note", address_of)


@pytest.fixture
def city():
    return make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")


@pytest.fixture
def officer(city):
    return moderation.make_officer(city)


@pytest.fixture
def approver(city):
    return moderation.make_officer(city, kind="approver")


@pytest.fixture
def stranger():
    """The officer and approver of another city."""
    return moderation.make_officer(make_city(), kind="approver")


@pytest.fixture
def note(city):
    return moderation.make_note(city=city)


@pytest.fixture
def desk_of(client):
    """The browser of somebody who is signed in."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in
