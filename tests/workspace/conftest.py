import pytest
from django.urls import reverse

from learningcity.moderation import registry
from tests.factories import moderation
from tests.factories.desks import approver, city, content, note, officer, officers, place, stranger

__all__ = ["approver", "city", "content", "note", "officer", "officers", "place", "stranger"]


def address_of(note):
    return f"{reverse('city', args=[note.city.slug])}#timeline"


@pytest.fixture(autouse=True)
def _notes(monkeypatch):
    monkeypatch.setitem(registry._kinds, "note", moderation.NOTE)
    monkeypatch.setitem(registry._pages, "note", address_of)


@pytest.fixture
def desk_of(client):
    """The browser of somebody who is signed in."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in
