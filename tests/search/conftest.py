from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group

from learningcity.search import registry
from learningcity.search.registry import Entry


@pytest.fixture
def only_notes(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Group]:
    """Register one kind of record, a note that is public unless it says "secret", and return how to make one."""
    monkeypatch.setattr(registry, "_sources", {})

    def documents_for(notes):
        for note in notes:
            if "secret" not in note.name:
                yield Entry(key=str(note.pk), address=f"/notes/{note.pk}/", title_en=note.name)

    registry.register("note", "Note", Group, documents_for)
    return lambda name: Group.objects.create(name=name)
