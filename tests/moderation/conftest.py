import pytest

from learningcity.moderation import registry
from tests.factories import moderation
from tests.factories.desks import approver, city, note, officer, stranger

__all__ = ["approver", "city", "note", "officer", "stranger"]


@pytest.fixture(autouse=True)
def _notes(monkeypatch):
    monkeypatch.setitem(registry._kinds, "note", moderation.NOTE)
    monkeypatch.setitem(registry._pages, "note", lambda note: f"/cities/{note.city.slug}/")
