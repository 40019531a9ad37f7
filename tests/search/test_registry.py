import pytest
from django.contrib.auth.models import Group, Permission

from learningcity.search import registry


def test_register_makes_a_kind_known_by_its_model(only_notes):
    assert [(source.kind, source.model) for source in registry.sources()] == [("note", Group)]
    assert registry.source_of(Group).kind == "note"
    assert registry.label_of("note") == "Note"


def test_register_twice_by_the_same_app_is_no_problem(only_notes):
    registry.register("note", "Notes", Group, lambda notes: [])

    assert registry.label_of("note") == "Notes"


def test_register_a_kind_that_is_taken_is_refused(only_notes):
    with pytest.raises(ValueError, match="belongs to Group already"):
        registry.register("note", "Note", Permission, lambda notes: [])


def test_source_of_a_stranger_is_refused(only_notes):
    with pytest.raises(LookupError, match="Permission is not registered"):
        registry.source_of(Permission)


def test_label_of_an_unknown_kind_is_its_name(only_notes):
    assert registry.label_of("passage") == "passage"
