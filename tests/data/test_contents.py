"""An officer who opens a record that came from the files can change one word of it without being blamed for the rest."""

import pytest

from learningcity.moderation.registry import kind_named

pytestmark = pytest.mark.django_db

KINDS = ("profile", "milestone", "office", "person", "component", "city", "practice", "answer", "fact", "indicator")


@pytest.mark.parametrize("name", KINDS)
def test_every_loaded_record_is_taken_by_its_own_form(name):
    kind = kind_named(name)
    faults = {}
    for record in kind.model._default_manager.all():
        if values := kind.values_of(record):
            form = kind.form(values, place=kind.place_of(record), record=record)
            faults |= {} if form.is_valid() else {str(record): form.errors.as_data()}

    assert faults == {}


@pytest.mark.parametrize("name", [name for name in KINDS if name != "answer"])
def test_every_loaded_record_belongs_to_the_place_that_lists_it(name):
    kind = kind_named(name)

    astray = [
        str(record)
        for record in kind.model._default_manager.all()
        if record not in kind.records_in(kind.place_of(record))
    ]

    assert astray == []
