import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from learningcity.audit.models import Entry
from learningcity.workspace.actions import drop_report_date, set_report_date
from learningcity.workspace.models import ReportDate
from tests.factories.cities import make_membership, make_role

pytestmark = pytest.mark.django_db
JOINED, DUE = dt.date(2020, 9, 23), dt.date(2026, 12, 2)


@pytest.fixture
def secretariat():
    from allauth.mfa.models import Authenticator

    user = make_role(kind="secretariat", city=None).user
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
    return user


def test_report_date_is_set_and_dropped_and_both_are_written_down(secretariat):
    date = set_report_date(ReportDate(joined_on=JOINED, due_on=DUE), by=secretariat)
    drop_report_date(date, by=secretariat)

    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "workspace.set_report_date",
        "workspace.drop_report_date",
    ]


def test_report_date_before_joining_or_entered_twice_is_refused(secretariat):
    set_report_date(ReportDate(joined_on=JOINED, due_on=DUE), by=secretariat)

    for wrong in (JOINED, DUE):
        with pytest.raises(ValidationError):
            set_report_date(ReportDate(joined_on=JOINED, due_on=wrong), by=secretariat)


def test_report_dates_are_refused_to_a_stranger(stranger, officer):
    for person in (stranger, officer):
        with pytest.raises(PermissionDenied):
            set_report_date(ReportDate(joined_on=JOINED, due_on=DUE), by=person)
        with pytest.raises(PermissionDenied):
            drop_report_date(ReportDate(pk=1, joined_on=JOINED, due_on=DUE), by=person)


def test_page_of_report_dates_takes_one_in_and_gives_it_back(desk_of, secretariat, city):
    make_membership(("active", JOINED), city=city)
    browser = desk_of(secretariat)
    typed = {"joined_on": JOINED.isoformat(), "due_on": DUE.isoformat()}

    assert browser.post("/en/workspace/report-dates/", typed).status_code == 302
    assert browser.post("/en/workspace/report-dates/", typed).status_code == 400
    assert browser.post("/en/workspace/report-dates/", {"joined_on": "x", "due_on": "2569-12-02"}).status_code == 400

    date = ReportDate.objects.get()
    assert "2 December 2026" in browser.get("/en/workspace/report-dates/").content.decode()
    assert browser.post(f"/workspace/report-dates/{date.pk}/drop/").status_code == 302
    assert ReportDate.objects.count() == 0


def test_page_of_report_dates_is_closed_to_officers(desk_of, officer):
    assert desk_of(officer).get("/workspace/report-dates/").status_code == 403
