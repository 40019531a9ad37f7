import pytest
from django.db import connection

from learningcity.sources.models import Source
from learningcity.sources.queries import (
    fact_groups,
    facts_per_source,
    fields_that_name_a_source,
    key_of,
    sources_in_order,
)
from learningcity.sources.registry import is_shown
from tests.factories.cities import make_city, make_milestone
from tests.factories.opendata import make_observation
from tests.factories.practices import make_answer, make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def test_fields_that_name_a_source_are_all_that_the_database_knows():
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conrelid::regclass::text, attname
            FROM pg_constraint
            JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
            WHERE contype = 'f' AND confrelid = 'sources_source'::regclass
            """
        )
        in_database = set(cursor.fetchall())

    assert {(field.model._meta.db_table, field.column) for field in fields_that_name_a_source()} == in_database


def test_every_field_that_names_a_source_is_shown_somewhere():
    assert [str(field) for field in fields_that_name_a_source() if not is_shown(field)] == []


def test_every_kind_of_fact_has_a_name_of_its_own_in_addresses():
    keys = [key_of(field) for field in fields_that_name_a_source()]

    assert sorted(keys) == sorted(set(keys))


def test_facts_per_source_counts_records_of_all_kinds():
    told, silent = make_source(), make_source()
    make_milestone(source=told)
    make_observation(source=told)
    make_answer(source=told, practice=make_practice(source=told))
    make_city(location_source=told, latitude=16, longitude=102)

    assert facts_per_source(told, silent) == {told.pk: 5}


def test_facts_per_source_of_no_source_is_nothing():
    assert facts_per_source() == {}


@pytest.mark.parametrize("count", [1, 3])
def test_facts_per_source_takes_one_query_however_many_there_are(count, django_assert_num_queries):
    sources = [make_milestone().source for _ in range(count)]

    with django_assert_num_queries(1):
        facts = facts_per_source(*sources)

    assert len(facts) == count


def test_fact_groups_name_each_kind_that_rests_on_the_source():
    source = make_source()
    make_milestone(source=source)
    make_milestone(source=source)
    make_observation(source=source)
    make_milestone()

    assert [(group.key, group.count) for group in fact_groups(source)] == [("observation", 1), ("milestone", 2)]


def test_fact_groups_of_a_source_on_which_nothing_rests_are_none():
    assert fact_groups(make_source()) == []


def test_fact_group_gives_a_stretch_of_its_facts():
    source = make_source()
    for number in range(3):
        make_milestone(source=source, text_th=f"ก{number}")

    (group,) = fact_groups(source)

    assert [str(fact.title)[-2:] for fact in group.facts(1, 3)] == ["ก1", "ก2"]


@pytest.mark.parametrize("count", [1, 3])
def test_facts_take_one_query_however_many_there_are(count, django_assert_num_queries):
    source = make_source()
    for _ in range(count):
        make_milestone(source=source)
        make_observation(source=source)
    groups = fact_groups(source)

    with django_assert_num_queries(2):
        facts = [fact for group in groups for fact in group.facts(0, 10)]

    assert len(facts) == 2 * count


def test_sources_stand_in_the_order_of_a_thai_dictionary():
    for title in ("เกาะ", "กา", "ขวัญ"):
        make_source(title_th=title, title_en="")
    make_source(title_th="", title_en="A")

    assert [str(source.title) for source in sources_in_order("th")] == ["กา", "เกาะ", "ขวัญ", "A"]


def test_sources_stand_in_the_order_of_the_english_alphabet():
    make_source(title_en="", title_th="กา")
    for title in ("beta", "Alpha"):
        make_source(title_en=title)

    assert [source.title.en for source in sources_in_order("en")] == ["Alpha", "beta", ""]
    assert Source.objects.count() == 3
