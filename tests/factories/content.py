"""Typing into forms of content, with moderation and without."""

import uuid

from learningcity.moderation.actions import approve, begin, save_draft, submit
from learningcity.moderation.registry import kind_named
from tests.factories.accounts import make_user
from tests.factories.cities import make_role

SOURCE = {"source_title": "", "source_publisher": "", "source_url": "", "source_date": ""}
NEW_SOURCE = {
    "source": "new",
    "source_title": "รายงานประจำปี 2567",
    "source_publisher": "เทศบาล",
    "source_url": "https://example.org/report",
    "source_date": "ก.ย. 2567",
}


def filled(kind, values, place, record=None):
    """Return the form of a kind with these values in it, tried."""
    form = kind_named(kind).form(values, place=place, record=record)
    form.is_valid()
    return form


def written(kind, values, place, record=None):
    """Write a record as publishing does, and return it as the database has it."""
    form = filled(kind, values, place, record)
    assert form.errors == {}
    saved = kind_named(kind).save(record, form, place)
    return type(saved).objects.get(pk=saved.pk)


def values_of(kind, record):
    return kind_named(kind).values_of(record)


def make_officers(city):
    """Make the two people whom it takes to publish anything about a city."""
    editor = make_role(city=city, user=make_user(name="Sample Editor")).user
    approver = make_role(city=city, kind="approver", user=make_user(name="Sample Approver")).user
    return editor, approver


def propose(kind, city, changes, by, record=None):
    """Begin a proposal, type into it, and hand it in."""
    key = str(record.pk) if record else ""
    proposal = begin((kind, city.slug, key), uuid.uuid4(), by=by)
    proposal = save_draft(proposal, changes, proposal.version, by=by).proposal
    return submit(proposal, by=by)


def publish(kind, city, changes, record=None):
    """Let two officers bring a change to the site, and return the proposal."""
    editor, approver = make_officers(city)
    return approve(propose(kind, city, changes, editor, record), by=approver)
