"""Tables of what the platform knows are never old: every kind of content is changed as officers do, and the day is over."""

import datetime as dt
import re
import uuid

import pytest
from django.apps import apps
from django.conf import settings as site
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from learningcity.cities.models import City
from learningcity.moderation.actions import approve, begin, save_draft, submit
from learningcity.moderation.registry import kinds
from learningcity.opendata.actions.watching import watched_tables
from learningcity.opendata.queries import live_table
from learningcity.opendata.queries.changes import content_version, words_asked
from learningcity.opendata.registry import publications
from tests.architecture.test_public_pages import FORMS, REVIEWED, SITE
from tests.factories import cities, opendata, partners, plans
from tests.factories.canaries import make_world
from tests.factories.content import make_officers

pytestmark = pytest.mark.django_db
# What is imported or drawn is published with the records that it is part of; datasets stand in the catalog and in no table.
OTHERS = {"note", "import", "picture", "dataset", "columns", "return"}
KINDS = [kind for kind in kinds() if kind.name not in OTHERS]
FIELDS = ("title_th", "text_th", "name_th", "mission_th", "note_th", "person_title_th")
TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
# What is read for everybody and need not be watched: the notes themselves; the audit, of which only the loads of data/ are shown,
# each written with the rows that it brought; who published something, which is read with it and not shown.
ASIDE = {"opendata_change", "audit_entry", "moderation_proposal", "accounts_user"}
# Pages without words in their addresses; those with such are found in the map of the site.
PAGES = [
    f"/{path}" for name, path, _entry in SITE if name in REVIEWED - FORMS - {"logout"} and not re.search(r"\b1\b", path)
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Rows of every kind, the tables of them as they are kept, what these say, and two people who may do everything."""
    shelf, today = tmp_path_factory.mktemp("tables"), timezone.localdate()
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(TABLE_SHELF=shelf):
        make_world()
        plans.make_action()
        plans.make_win()
        opendata.make_observation(value=1_000)
        partners.make_agreement(ends_on=today)
        partners.make_commitment(state="confirmed", due_on=today)
        secretaries = [cities.make_role(kind="secretariat").user for _number in range(2)]
        yield shelf, secretaries, kept(), said()
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world, django_db_blocker):
    """Give back what a test changed, and leave the rows of all of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _same_shelf(_own_files, world, settings):
    settings.TABLE_SHELF = world[0]


def path_of(address):
    return address.replace(site.SITE_URL, "")


def kept():
    return {publication.name: live_table(publication) for publication in publications()}


def said():
    """What the platform knows now, asked without any memory."""
    return {publication.name: list(publication.rows()) for publication in publications()}


def changed(before, after):
    return {name for name, held in after.items() if held != before[name]}


def mendable(kind):
    """Return a record of a kind whose form takes what it says, the field to mend, and the place that answers for it."""
    for record in kind.model._default_manager.order_by("-pk"):
        place, values = kind.place_of(record), kind.values_of(record)
        if kind.stands(record) and kind.form(values, place=place, record=record).is_valid():
            return record, next(name for name in FIELDS if name in values), place
    return pytest.fail(f"There is no {kind.name} to mend.")


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_tables_are_fresh_when_a_kind_of_content_was_published(world, kind):
    _shelf, secretaries, files, before = world
    record, field, place = mendable(kind)
    editor, approver = make_officers(City.objects.get(slug=place)) if place else secretaries
    version = content_version()

    proposal = begin((kind.name, place, str(record.pk)), uuid.uuid4(), by=editor)
    mended = {field: f"{kind.values_of(record)[field]}ที่แก้แล้ว"}
    proposal = save_draft(proposal, mended, proposal.version, by=editor).proposal
    approve(submit(proposal, by=editor), by=approver)

    anew = changed(before, said())
    assert anew
    assert anew <= changed(files, kept())
    assert content_version() != version


def test_tables_are_fresh_on_the_next_day(world, monkeypatch):
    _shelf, _people, files, before = world
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    anew = changed(before, said())

    assert {"agreements", "commitments"} <= anew <= changed(files, kept())


def test_nothing_for_everybody_is_read_from_a_table_that_is_not_watched(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    maps = re.findall(r"<loc>([^<]+)</loc>", sitemap)
    pages = re.findall(r"<loc>([^<]+)</loc>", "".join(client.get(path_of(one)).content.decode() for one in maps))
    read = {}
    for path in sorted({*map(path_of, pages), *PAGES}):
        with words_asked() as words:
            answer = client.get(path)
            if answer.streaming:
                list(answer)
        for name in words & TABLES - watched_tables() - ASIDE:
            read.setdefault(name, []).append(path)

    assert read == {}
