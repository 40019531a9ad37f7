"""From the first letter typed to what a visitor reads, for every kind of content of the ground floor."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.cities.actions import hand_over_role, name_deputy
from learningcity.cities.models import Role
from learningcity.moderation.actions import approve, save_draft, send_back, submit
from learningcity.moderation.models import Revision
from learningcity.moderation.registry import address_of, kind_named, kinds
from learningcity.portal.queries.changes import latest_changes
from tests.cities.test_forms import VALUES
from tests.factories.accounts import make_user
from tests.factories.cities import (
    make_city,
    make_component,
    make_milestone,
    make_network,
    make_office,
    make_profile,
    make_province,
)
from tests.factories.content import NEW_SOURCE, SOURCE, make_officers, propose, publish
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.practices import make_answer, make_practice
from tests.factories.sources import make_source
from tests.opendata.test_kinds import FACT
from tests.practices.test_kinds import PRACTICE

pytestmark = pytest.mark.django_db

# What is typed into one field, by kind, and what a reader then sees.
MENDED = {
    "profile": ("mission_th", "พันธกิจที่แก้แล้ว"),
    "milestone": ("text_th", "เหตุการณ์ที่แก้แล้ว"),
    "component": ("name_th", "แหล่งเรียนรู้ที่แก้แล้ว"),
    "office": ("title_th", "ตำแหน่งที่แก้แล้ว"),
    "city": ("uncertainty_th", "ข้อสงสัยที่แก้แล้ว"),
    "practice": ("point_7_th", "ผลลัพธ์ที่แก้แล้ว"),
    "fact": ("value", "102909"),
}


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


def typed(kind):
    """Return what an officer types into the form of a kind."""
    if kind == "fact":
        return {**FACT, "indicator": make_indicator().slug, **NEW_SOURCE}
    values = {**PRACTICE, **SOURCE} if kind == "practice" else {**VALUES[kind], **SOURCE}
    values |= {"province": make_province().code} if kind == "city" else {}
    return values | {"source": make_source().slug}


@pytest.mark.parametrize("kind", MENDED)
def test_content_goes_from_a_draft_over_a_refusal_to_the_eyes_of_a_visitor(client, city, kind):
    editor, approver = make_officers(city)
    field, mended = MENDED[kind]
    record = city if kind in ("profile", "city") else None

    proposal = propose(kind, city, typed(kind), editor, record)
    proposal = send_back(proposal, "Please mend it.", by=approver)
    proposal = save_draft(proposal, {field: mended}, proposal.version, by=editor).proposal
    proposal = approve(submit(proposal, by=editor), by=approver)

    of = kind_named(kind)
    published = of.model._default_manager.get(pk=proposal.key)
    page = client.get(address_of(kind, published))
    words = re.sub(r"\s|\u200b|<wbr>", "", page.content.decode())
    assert ("102,909" if kind == "fact" else mended) in words
    assert of.values_of(published)[field] == mended
    assert Revision.objects.filter(kind=kind, key=proposal.key, proposal=proposal).count() == 1


@pytest.mark.parametrize("kind", MENDED)
def test_content_that_is_not_approved_is_seen_by_nobody(client, city, kind):
    editor, _approver = make_officers(city)
    make_profile(city=city)
    record = city if kind in ("profile", "city") else None
    field, mended = MENDED[kind]

    propose(kind, city, {**typed(kind), field: mended}, editor, record)

    assert "ที่แก้แล้ว" not in client.get("/cities/khon-kaen/").content.decode()


def test_profile_that_is_published_stands_on_the_page_of_the_city(client, city):
    publish("profile", city, typed("profile") | {"mission_th": "พันธกิจใหม่"}, city)

    assert "พันธกิจใหม่" in client.get("/cities/khon-kaen/").content.decode()


def test_content_that_is_removed_is_gone_from_the_page(client, city):
    from learningcity.moderation.actions import propose_removal

    editor, approver = make_officers(city)
    stone = make_milestone(city=city, text_th="เหตุการณ์ที่ผิด")
    assert "เหตุการณ์ที่ผิด" in client.get("/cities/khon-kaen/").content.decode()

    approve(submit(propose_removal(("milestone", str(stone.pk)), by=editor), by=editor), by=approver)

    assert "เหตุการณ์ที่ผิด" not in client.get("/cities/khon-kaen/").content.decode()


def test_number_that_a_practice_rests_on_says_why_it_stays(city):
    from learningcity.moderation.actions import propose_removal
    from tests.factories.practices import make_figure

    editor, _approver = make_officers(city)
    number = make_figure(practice=make_practice(city=city)).observation

    with pytest.raises(ValidationError):
        submit(propose_removal(("fact", str(number.pk)), by=editor), by=editor)


def test_every_kind_of_the_ground_floor_has_its_page(city):
    office, practice = make_office(city=city), make_practice(city=city)
    records = {
        "profile": city,
        "city": city,
        "milestone": make_milestone(city=city),
        "component": make_component(city=city),
        "office": office,
        "person": office.person,
        "practice": practice,
        "answer": make_answer(practice=practice, point=3),
        "fact": make_observation(city=city),
    }

    assert {kind: address_of(kind, record) for kind, record in records.items()} == {
        "profile": "/cities/khon-kaen/",
        "city": "/cities/khon-kaen/",
        "milestone": "/cities/khon-kaen/#timeline",
        "component": "/cities/khon-kaen/#components",
        "office": "/cities/khon-kaen/#people",
        "person": "/cities/khon-kaen/#people",
        "practice": f"/practices/{practice.slug}/",
        "answer": f"/practices/{practice.slug}/#point-3",
        "fact": "/cities/khon-kaen/",
    }
    assert address_of("fact", make_observation(network=make_network())) == "/"
    make_profile(city=city, version=2)
    assert address_of("profile", city) == "/cities/khon-kaen/profiles/2/"
    assert set(records) < {kind.name for kind in kinds()}


def test_changes_tell_what_a_city_published_and_not_who(city):
    editor, _approver = make_officers(city)
    publish("milestone", city, typed("milestone") | {"text_th": "เหตุการณ์ใหม่"})

    told = [change for change in latest_changes(50) if change.key.startswith("publication/")]

    assert [(change.title, change.address) for change in told] == [(str(city.name), "/cities/khon-kaen/#timeline")]
    assert "เหตุการณ์ใหม่" in told[0].text
    assert editor.name not in "".join(change.text + change.title for change in told)


def test_deputy_of_an_approver_publishes_and_not_what_the_deputy_wrote(city):
    editor, approver = make_officers(city)
    stand_in = make_user(name="Sample Deputy")
    role = Role.objects.get(user=approver)
    name_deputy(role, stand_in, timezone.localdate(), timezone.localdate() + dt.timedelta(days=7), by=approver)
    theirs = propose("milestone", city, typed("milestone"), editor)
    own = propose("milestone", city, typed("milestone") | {"text_th": "ของตนเอง"}, stand_in)

    assert approve(theirs, by=stand_in).state == "published"
    with pytest.raises(PermissionDenied):
        approve(own, by=stand_in)


def test_work_that_is_handed_over_is_finished_by_the_new_holder_and_approved_by_somebody_else(city):
    editor, approver = make_officers(city)
    to = make_user(name="Sample Successor")
    proposal = send_back(propose("milestone", city, typed("milestone"), editor), "Please mend it.", by=approver)

    hand_over_role(Role.objects.get(user=editor), to, timezone.localdate(), by=editor)

    proposal.refresh_from_db()
    with pytest.raises(PermissionDenied):
        submit(proposal, by=editor)
    proposal = save_draft(proposal, {"text_th": "แก้แล้ว"}, proposal.version, by=to).proposal
    assert approve(submit(proposal, by=to), by=approver).state == "published"
