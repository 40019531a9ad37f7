import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.notices.models import Notice
from learningcity.partners.actions import (
    answer_visit,
    end_pair,
    follow_up_visit,
    pair_mentor,
    report_visit,
    request_visit,
)
from learningcity.partners.models import MentorPair, StudyVisit
from learningcity.partners.queries import pairs_of_city, visits_made, visits_of_city
from tests.factories.cities import make_city, make_role
from tests.factories.partners import make_mentor_pair, make_visit

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=30)
LEARNED = ("ได้เรียนรู้", "Something was learned.")


@pytest.fixture
def host_approver(cast):
    return make_role(kind="approver").user


@pytest.fixture
def host(host_approver):
    from learningcity.cities.queries import roles_of

    return roles_of(host_approver).get().city


def wish(cast, host, **changes):
    return StudyVisit(
        **{
            "host": host,
            "guest": cast.city,
            "topic_th": "ครู หมอ พ่อแม่",
            "visits_on": SOON,
            "participants": 12,
            **changes,
        }
    )


def test_request_visit_asks_and_tells_the_host(cast, host, host_approver):
    visit = request_visit(wish(cast, host), by=cast.editor)

    assert visit.state == "requested"
    assert [notice.kind for notice in Notice.objects.filter(recipient=host_approver)] == ["partners.visit_requested"]


@pytest.mark.parametrize("changes", [{"visits_on": TODAY}, {"participants": 0}, {"topic_th": ""}])
def test_request_visit_that_cannot_be_is_refused(cast, host, changes):
    with pytest.raises(ValidationError):
        request_visit(wish(cast, host, **changes), by=cast.editor)


def test_request_visit_to_oneself_is_refused(cast):
    with pytest.raises(ValidationError):
        request_visit(wish(cast, cast.city), by=cast.editor)


def test_request_visit_by_a_stranger_is_refused(cast, host, host_approver):
    for stranger in [*cast.strangers, cast.clerk, host_approver]:
        with pytest.raises(PermissionDenied):
            request_visit(wish(cast, host), by=stranger)


@pytest.mark.parametrize(("state", "words"), [("accepted", ""), ("declined", "ไม่ว่าง")])
def test_answer_visit_says_yes_or_no(cast, host, host_approver, state, words):
    visit = make_visit(host=host, guest=cast.city)

    answered = answer_visit(visit, state, words, by=host_approver)

    assert (answered.state, answered.answer) == (state, words)
    assert [notice.kind for notice in Notice.objects.filter(recipient=cast.approver)] == ["partners.visit_answered"]


def test_answer_visit_with_no_and_no_reason_is_refused(cast, host, host_approver):
    with pytest.raises(ValidationError):
        answer_visit(make_visit(host=host, guest=cast.city), "declined", " ", by=host_approver)


@pytest.mark.parametrize("state", ["done", "followed_up", "requested"])
def test_answer_visit_with_what_is_no_answer_is_refused(cast, host, host_approver, state):
    with pytest.raises(TransitionNotAllowed):
        answer_visit(make_visit(host=host, guest=cast.city), state, "", by=host_approver)


def test_answer_visit_a_second_time_is_refused(cast, host, host_approver):
    visit = make_visit(host=host, guest=cast.city, state="accepted")

    with pytest.raises(TransitionNotAllowed):
        answer_visit(visit, "declined", "ไม่ว่าง", by=host_approver)


def test_answer_visit_by_a_stranger_is_refused(cast, host):
    visit = make_visit(host=host, guest=cast.city)

    for stranger in [*cast.strangers, cast.approver]:
        with pytest.raises(PermissionDenied):
            answer_visit(visit, "accepted", "", by=stranger)


def test_report_visit_and_follow_up_visit_say_what_came_of_it(cast, host):
    visit = make_visit(host=host, guest=cast.city, state="accepted")

    done = report_visit(visit, 9, LEARNED, by=cast.editor)
    followed = follow_up_visit(visit, ("ใช้แล้ว", ""), by=cast.editor)

    assert (done.participants, done.learned_th) == (9, "ได้เรียนรู้")
    assert (followed.state, followed.follow_up_th) == ("followed_up", "ใช้แล้ว")
    assert list(visits_made(host)) == [visit]


def test_report_visit_without_a_word_or_before_its_day_is_refused(cast, host):
    now = make_visit(host=host, guest=cast.city, state="accepted")
    later = make_visit(host=host, guest=cast.city, state="accepted", visits_on=SOON)

    for visit, learned in ((now, ("", "")), (later, LEARNED)):
        with pytest.raises(ValidationError):
            report_visit(visit, 9, learned, by=cast.editor)


def test_report_visit_that_was_not_accepted_is_refused(cast, host):
    with pytest.raises(TransitionNotAllowed):
        report_visit(make_visit(host=host, guest=cast.city), 9, LEARNED, by=cast.editor)


def test_report_visit_by_a_stranger_is_refused(cast, host, host_approver):
    visit = make_visit(host=host, guest=cast.city, state="accepted")

    for stranger in [*cast.strangers, host_approver]:
        with pytest.raises(PermissionDenied):
            report_visit(visit, 9, LEARNED, by=stranger)


def test_follow_up_visit_by_a_stranger_is_refused(cast, host, host_approver):
    visit = make_visit(host=host, guest=cast.city, state="done")

    for stranger in [*cast.strangers, host_approver]:
        with pytest.raises(PermissionDenied):
            follow_up_visit(visit, LEARNED, by=stranger)


def test_pair_mentor_and_end_pair_begin_and_end_it(cast, host):
    pair = pair_mentor(MentorPair(mentor=cast.city, learner=host, topic_th="หัวข้อ", starts_on=TODAY), by=cast.approver)
    during = list(pairs_of_city(host, on=TODAY))

    end_pair(pair, TODAY, by=cast.approver)

    assert (during, list(pairs_of_city(host, on=TODAY))) == ([pair], [])
    with pytest.raises(ValidationError):
        end_pair(pair, TODAY, by=cast.approver)


def test_pair_mentor_twice_or_with_itself_is_refused(cast, host):
    make_mentor_pair(mentor=cast.city, learner=host)

    for learner in (host, cast.city):
        with pytest.raises(ValidationError):
            pair_mentor(
                MentorPair(mentor=cast.city, learner=learner, topic_th="หัวข้อ", starts_on=TODAY), by=cast.approver
            )


def test_pair_mentor_by_a_stranger_is_refused(cast, host):
    for stranger in [*cast.strangers, cast.editor]:
        with pytest.raises(PermissionDenied):
            pair_mentor(MentorPair(mentor=cast.city, learner=host, topic_th="หัวข้อ", starts_on=TODAY), by=stranger)


def test_end_pair_by_a_stranger_is_refused(cast, host):
    pair = make_mentor_pair(mentor=cast.city, learner=host)

    for stranger in [*cast.strangers, cast.editor]:
        with pytest.raises(PermissionDenied):
            end_pair(pair, TODAY, by=stranger)


def test_visits_of_a_city_are_those_to_and_from_it():
    city = make_city()
    visits = {make_visit(host=city), make_visit(guest=city)}
    make_visit()

    assert set(visits_of_city(city)) == visits
