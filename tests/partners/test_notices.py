import datetime as dt

import pytest
from django.utils import translation

from learningcity.notices.actions import notify
from learningcity.notices.queries import line, newest, notices_of
from learningcity.partners import jobs
from learningcity.partners.models import Reminder
from learningcity.partners.queries.notices import TITLES
from tests.factories.cities import make_role
from tests.factories.partners import make_agreement, make_commitment, make_mentor_pair, make_party, make_visit

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def lines(user):
    """Return what a person is told and may see, as words and the way there."""
    return [(told.title, told.address) for told in map(line, newest(notices_of(user), user, 10).notices)]


@pytest.mark.parametrize("kind", ["confirm", "confirmed", "kept", "broken", "withdrawn", "due", "late"])
def test_notices_about_a_promise_lead_to_it_and_are_for_its_two_sides(cast, kind):
    promise = make_commitment(city=cast.city, organization=cast.organization, text_en="Our promise.", due_on=DAY)
    for user in (cast.clerk, cast.editor, *cast.strangers):
        notify(user, f"partners.{kind}", promise)

    (told,) = lines(cast.clerk)

    assert told[0].endswith("Our promise.")
    assert told[1] == f"/en/partner/commitments/{promise.pk}/"
    assert [len(lines(user)) for user in (cast.editor, *cast.strangers)] == [1, 0, 0, 0, 0]


def test_notices_about_an_agreement_are_for_its_city_and_its_parties(cast):
    agreement = make_agreement(city=cast.city, title_en="Our agreement", ends_on=DAY)
    make_party(agreement=agreement, organization=cast.organization)
    for user in (cast.clerk, cast.editor, *cast.strangers):
        notify(user, "partners.expiring", agreement)

    assert lines(cast.clerk) == [("Ends on 31 December 2026: Our agreement", f"/en/agreements/{agreement.slug}/")]
    assert lines(cast.editor)[0][1] == f"/en/workspace/agreements/{agreement.pk}/"
    assert [len(lines(user)) for user in (cast.editor, *cast.strangers)] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize("kind", ["visit_requested", "visit_answered", "visit_reported"])
def test_notices_about_a_visit_are_for_the_two_cities(cast, kind):
    visit = make_visit(host=cast.city)
    guest = make_role(kind="editor", city=visit.guest).user
    for user in (cast.editor, guest, *cast.strangers):
        notify(user, f"partners.{kind}", visit)

    assert [len(lines(user)) for user in (cast.editor, guest, *cast.strangers)] == [1, 1, 0, 0, 0, 0]
    here = visit.guest if kind == "visit_answered" else cast.city
    assert lines(cast.editor)[0][1] == f"/en/workspace/{here.slug}/exchanges/"


def test_notices_about_a_pair_are_for_the_two_cities(cast):
    pair = make_mentor_pair(learner=cast.city)
    for user in (cast.editor, *cast.strangers):
        notify(user, "partners.paired", pair)

    assert [len(lines(user)) for user in (cast.editor, *cast.strangers)] == [1, 0, 0, 0, 0]


def test_every_title_says_what_it_is_about():
    assert [words for words in TITLES.values() if "canary" not in words("canary")] == []


def test_the_job_of_the_morning_reminds(cast):
    make_commitment(city=cast.city, organization=cast.organization, state="confirmed", due_on=dt.date.today())

    jobs.remind_every_day(0)

    assert Reminder.objects.count() == 1
