import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.moderation.actions import answer_report, forget_addresses, report_error
from learningcity.moderation.models import Report
from learningcity.notices.models import Letter, Notice
from tests.factories.accounts import make_user
from tests.factories.moderation import make_report

pytestmark = pytest.mark.django_db


def test_report_error_tells_the_approvers_and_keeps_words_and_address_out_of_the_chain(city, approver):
    report = Report(page="/cities/khon-kaen/", place=city.slug, text="The year is wrong.", email="v@example.org")

    report_error(report)

    assert list(Notice.objects.values_list("kind", "recipient")) == [("moderation.reported", approver.pk)]
    assert [entry.detail for entry in Entry.objects.filter(action="moderation.report_error")] == [{"place": city.slug}]


def test_report_error_without_words_is_refused(city):
    with pytest.raises(ValidationError):
        report_error(Report(page="/", place=city.slug))


def test_answer_report_writes_to_the_visitor_in_their_language_and_forgets_the_address(city, officer):
    report = make_report(place=city.slug, page="/cities/khon-kaen/", email="v@example.org", language="en")

    answered = answer_report(report, "Mended, thank you.", by=officer)

    assert (answered.state, answered.email, answered.answered_by) == ("answered", "", officer)
    letter = Letter.objects.get(to="v@example.org")
    assert "/en/cities/khon-kaen/" in letter.text
    assert "Mended, thank you." in letter.text


def test_answer_report_is_refused_to_a_stranger(city, stranger):
    report = make_report(place=city.slug)
    for person in (stranger, make_user()):
        with pytest.raises(PermissionDenied):
            answer_report(report, "No.", by=person)


def test_answer_report_needs_words_and_answers_once(city, officer):
    report = make_report(place=city.slug)
    with pytest.raises(ValidationError):
        answer_report(report, " ", by=officer)

    answer_report(report, "Mended.", by=officer)

    with pytest.raises(TransitionNotAllowed):
        answer_report(report, "Mended again.", by=officer)


def test_forget_addresses_keeps_the_report_and_those_who_may_still_wait():
    now = timezone.now()
    old = make_report(email="old@example.org", reported_at=now - dt.timedelta(days=181))
    young = make_report(email="young@example.org", reported_at=now - dt.timedelta(days=179))

    assert [forget_addresses(), forget_addresses()] == [1, 0]
    assert [Report.objects.get(pk=one.pk).email for one in (old, young)] == ["", "young@example.org"]
