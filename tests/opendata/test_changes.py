"""When what was read is read anew: after every change of what it was read from, on the next day, and not otherwise."""

import uuid

import duckdb
import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction

from learningcity.audit.models import Entry
from learningcity.audit.queries import imagined
from learningcity.cities.models import City, Milestone
from learningcity.moderation.actions import begin, save_draft
from learningcity.opendata.models import Change
from learningcity.opendata.queries import live, live_table
from learningcity.opendata.queries.changes import content_version, marks
from learningcity.opendata.registry import publication_named, publications
from tests.factories import cities
from tests.factories.accounts import make_user
from tests.factories.canaries import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def making(monkeypatch):
    """The tables that are made, by name."""
    made = []
    keep_rows = live.keep_rows

    def keep(rows, columns, target):
        made.append(target.parent.name)
        keep_rows(rows, columns, target)

    monkeypatch.setattr(live, "keep_rows", keep)
    return made


def rows(publication):
    return duckdb.sql(f"SELECT * FROM read_parquet('{live_table(publication)}')").fetchall()


def columns_of(publication, *names):
    places = [[column.name for column in publication.columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows(publication)]


def kept():
    return {publication.name: live_table(publication) for publication in publications()}


def test_nothing_is_read_anew_where_nothing_public_was_changed(making, client):
    make_world()
    user = make_user(name="Sample Editor", password="learning-city-demo")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    cities.make_role(user=user, city=City.objects.get(slug="khon-kaen"))
    before, version, made = kept(), content_version(), list(making)

    client.post("/account/login/", {"login": user.email, "password": "learning-city-demo"})
    proposal = begin(("milestone", "khon-kaen", ""), uuid.uuid4(), by=user)
    save_draft(proposal, {"text_th": "ร่าง"}, proposal.version, by=user)

    assert (client.session["_auth_user_id"], Entry.objects.filter(actor=user).count()) == (str(user.pk), 1)
    assert (kept(), making, content_version()) == (before, made, version)


def test_only_what_was_read_from_a_changed_table_is_read_anew(making):
    make_world()
    stone = Milestone.objects.get()
    kept()
    making.clear()

    cities.make_milestone(city=stone.city, source=stone.source)
    kept()

    assert making == ["milestones"]


@pytest.mark.django_db(transaction=True)
def test_table_is_fresh_whoever_writes_and_however(making):
    city = cities.make_city(name_en="Before")
    publication = publication_named("cities")
    said = [columns_of(publication, "name_en")]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE cities_city SET name_en = 'After'")
    said.append(columns_of(publication, "name_en"))
    City.objects.filter(pk=city.pk).delete()
    said.append(columns_of(publication, "name_en"))
    said.append(columns_of(publication, "name_en"))

    assert said == [[("Before",)], [("After",)], [], []]
    assert making == ["cities"] * 3


def test_what_is_rolled_back_is_found_by_nobody_and_what_was_there_before_is_found_again(making):
    city = cities.make_city(name_en="Before")
    publication = publication_named("cities")
    before = live_table(publication)

    with imagined(), transaction.atomic():
        City.objects.update(name_en="Imagined")
        assert columns_of(publication, "name_en") == [("Imagined",)]
        assert content_version() < 0
        transaction.set_rollback(True)

    assert (live_table(publication), columns_of(publication, "name_en")) == (before, [("Before",)])
    City.objects.filter(pk=city.pk).update(name_en="After")
    assert columns_of(publication, "name_en") == [("After",)]


def test_table_that_nobody_watches_makes_what_is_read_from_it_be_read_every_time(making):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER opendata_notes_change ON cities_city")
        Change.objects.filter(relation="cities_city").delete()
    publication = publication_named("cities")

    assert live_table(publication) != live_table(publication)


def test_notes_are_put_together_and_say_the_same(django_assert_max_num_queries):
    for _statement in range(600):
        City.objects.update(name_en="Same")
    first = marks()
    while Change.objects.order_by("-pk").values_list("pk", flat=True)[0] % 256 != 255:
        City.objects.update(name_en="Same")
    before, notes = marks(), Change.objects.count()
    City.objects.update(name_en="Same")

    assert Change.objects.count() < notes
    assert {name for name, mark in marks().items() if mark != before[name]} == {"cities_city"}
    assert first.keys() == before.keys()
