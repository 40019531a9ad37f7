"""What every table that an app registers keeps to."""

from collections import defaultdict

import pytest
from django.utils import translation

from learningcity.common.sheets.headings import heading_key
from learningcity.imports import exports
from learningcity.imports.registry import NotRegistered, Table, register, table_named, tables
from learningcity.sources.models import Source
from tests.factories.imports import make_import

TABLES = {table.name: table for table in tables()}


def test_the_tables_are_those_of_the_guide():
    assert set(TABLES) == {
        "facts",
        "milestones",
        "organizations",
        "parties",
        "signatories",
        "commitments",
        "learning-places",
        "learning-resources",
    }
    assert table_named("organisations") is table_named("organizations")


@pytest.mark.parametrize("name", TABLES)
def test_each_heading_names_one_column(name):
    columns = defaultdict(set)
    for column, names in TABLES[name].names().items():
        for heading in (column, *names):
            columns[heading_key(heading)].add(column)

    assert {heading: named for heading, named in columns.items() if len(named) > 1} == {}


@pytest.mark.parametrize("name", TABLES)
def test_each_column_is_called_something_in_both_languages(name):
    assert [column.name for column in TABLES[name].columns if not (column.label.th and column.label.en)] == []


@pytest.mark.parametrize("name", TABLES)
def test_each_key_is_made_of_fields(name):
    fields = {field.name for field in TABLES[name].model._meta.get_fields()}

    assert [key for key in TABLES[name].keys if not set(key) <= fields] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", TABLES)
def test_a_template_nobody_filled_in_holds_its_example_and_no_row(name, language, secretary):
    with translation.override(language):
        content = exports.template(TABLES[name]).read()
    upload = make_import(content, name, by=secretary)

    assert upload.problem == "There is no row below the headings."


def test_a_table_is_not_taken_from_its_model():
    known = TABLES["facts"]
    other = Table(
        name="facts",
        label=known.label,
        model=Source,
        columns=(),
        keys=(),
        fields=lambda values, known: values,
        cells=lambda record: {},
        records_in=lambda place: Source.objects.none(),
        place_of=lambda record: "",
    )

    with pytest.raises(ValueError, match=r"The table 'facts' belongs to Observation already."):
        register(other)


def test_an_unknown_table_is_not_registered():
    with pytest.raises(NotRegistered):
        table_named("dreams")
