import datetime as dt
import uuid

import pytest
from allauth.mfa.models import Authenticator

from learningcity.moderation.actions import begin, report_error, save_draft, send_back, submit
from learningcity.moderation.models import Report
from learningcity.notices.models import Notice
from learningcity.notices.queries import line, visible
from learningcity.notices.registry import address_of
from learningcity.workspace.models import ReportDate
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_membership, make_profile, make_role
from tests.factories.moderation import make_note, make_officer, make_report, make_revision
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import make_clerk, make_commitment, make_organization
from tests.factories.plans import make_action, make_objective, make_plan
from tests.factories.practices import make_answer, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    user = make_role(kind="secretariat", city=None).user
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
    return user


def text_of(page):
    return page.content.decode()


def test_desk_of_somebody_without_a_role_says_how_to_get_one(desk_of):
    assert "You hold no role yet" in text_of(desk_of(make_user()).get("/en/workspace/"))


def test_empty_desk_tells_the_first_three_steps(desk_of, officer):
    assert "Three first steps" in text_of(desk_of(officer).get("/en/workspace/"))


def test_desk_shows_what_waits_for_the_officer_and_for_the_approver(desk_of, officer, approver, note):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)
    make_report(place="khon-kaen", text="The year is wrong.")

    seen = text_of(desk_of(approver).get("/en/workspace/"))
    assert f"/en/workspace/queue/{draft.pk}/" in seen
    assert "The year is wrong." in seen
    send_back(draft, "Which report?", by=approver)

    assert "Which report?" in text_of(desk_of(officer).get("/en/workspace/"))


def test_desk_lists_for_decision_only_what_the_person_may_decide(desk_of, city, officer, stranger, note):
    approver, second = (make_officer(city, kind="approver") for _ in range(2))
    others, own = (begin(("note", "", str(note.pk)), uuid.uuid4(), by=person) for person in (officer, second))
    for draft, person in ((others, officer), (own, second)):
        save_draft(draft, {"text_en": f"Signed {draft.pk}"}, 0, by=person)
        submit(draft, by=person)

    decided = {
        person: [each.pk for each, _title in desk_of(person).get("/workspace/").context["waiting"].to_decide]
        for person in (officer, approver, second, stranger)
    }

    assert decided == {officer: [], approver: [others.pk, own.pk], second: [others.pk], stranger: []}


def test_desk_of_the_secretariat_lists_what_waits_anywhere(desk_of, secretariat, officer, note):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)

    page = desk_of(secretariat).get("/en/workspace/")

    assert [each for each, _title in page.context["waiting"].to_decide] == [draft]
    assert 'href="/en/roles/"' in text_of(page)


def test_desk_of_a_clerk_without_a_role_shows_their_organization(desk_of, city):
    organization = make_organization(home=city, name_en="Our organization")
    make_commitment(organization=organization, city=city, text_en="A room every Friday")
    make_commitment(city=city, text_en="Of somebody else")

    seen = text_of(desk_of(make_clerk(organization=organization).user).get("/en/workspace/"))

    assert ("A room every Friday" in seen, "Our organization" in seen) == (True, True)
    assert ("Of somebody else" in seen, "You hold no role yet" in seen) == (False, False)


def test_desk_of_an_officer_who_is_a_clerk_too_leads_to_the_organization(desk_of, city, officer):
    make_clerk(organization=make_organization(home=city), user=officer)

    assert 'href="/en/partner/"' in text_of(desk_of(officer).get("/en/workspace/"))


def test_meter_leads_to_the_very_field_that_is_empty(desk_of, city, officer):
    make_profile(city=city, vision_en="")
    practice = make_practice(city=city)
    make_answer(practice=practice, point=2)

    (line,) = desk_of(officer).get("/en/workspace/").context["lines"]

    missing = {gap.address for gap in line.meter.gaps}
    assert f"/en/workspace/edit/profile/{city.pk}/#id_vision_en" in missing
    assert f"/en/workspace/edit/practice/{practice.pk}/#id_point_3_th" in missing
    assert f"/en/workspace/edit/practice/{practice.pk}/#id_point_2_th" not in missing
    assert "/en/workspace/khon-kaen/new/office/#id_kind" in missing


def test_addresses_of_the_meter_name_fields_that_the_forms_have(desk_of, city, officer):
    make_practice(city=city)
    (line,) = desk_of(officer).get("/workspace/").context["lines"]
    browser = desk_of(officer)

    astray = []
    for gap in line.meter.gaps:
        address, _hash, anchor = gap.address.partition("#")
        if f'id="{anchor}"' not in text_of(browser.get(address)):
            astray.append(gap.address)
    assert astray == []


def test_report_is_due_every_second_year_until_the_network_sets_a_day(desk_of, city, officer):
    joined = dt.date(2020, 9, 23)
    make_membership(("active", joined), city=city)
    browser = desk_of(officer)

    (due,) = browser.get("/en/workspace/").context["lines"][0].dues
    assert (due.is_inferred, due.on.year % 2) == (True, 0)
    day = dt.date(due.on.year, 12, 2)
    ReportDate.objects.create(joined_on=joined, due_on=day)

    (due,) = browser.get("/en/workspace/").context["lines"][0].dues
    assert (due.is_inferred, due.on) == (False, day)


def test_desk_names_open_steps_of_the_plan_that_end_soon_or_should_be_over(desk_of, city, officer):
    today = dt.date.today()
    plan = make_plan(city=city)
    late = make_action(objective=make_objective(plan=plan), title_en="Late", ends_on=today - dt.timedelta(days=1))
    make_action(objective=late.objective, ends_on=today, state="done")
    make_action(objective=late.objective, ends_on=today + dt.timedelta(days=400))
    make_action(ends_on=today)

    page = desk_of(officer).get("/en/workspace/")

    (due,) = page.context["lines"][0].dues
    assert (due.on, ">Plan: Late</a>" in text_of(page)) == (late.ends_on, True)
    assert due.address == f"/en/workspace/khon-kaen/plan/#objective-{late.objective_id}"


def test_city_that_left_the_network_owes_no_report(desk_of, city, officer):
    make_membership(("active", dt.date(2020, 9, 23)), ("left", dt.date(2023, 1, 1)), city=city)

    assert desk_of(officer).get("/workspace/").context["lines"][0].dues == []


def test_desk_names_numbers_that_nobody_counted_for_three_years(desk_of, city, officer):
    old, fresh = make_indicator(), make_indicator()
    make_observation(city=city, indicator=old, observed_on=dt.date(2015, 1, 1))
    make_observation(city=city, indicator=fresh, observed_on=dt.date(2015, 1, 1))
    make_observation(city=city, indicator=fresh, observed_on=dt.date.today())

    (line,) = desk_of(officer).get("/workspace/").context["lines"]

    assert [number.indicator for number in line.old] == [old.name]


def test_desk_shows_what_changed_here_and_what_others_did(desk_of, city, officer, stranger):
    note = make_note(city=city)
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    make_revision(proposal=draft, key=str(note.pk + 2), place="khon-kaen", title="Ours")
    other = begin(("note", stranger_place(stranger), ""), uuid.uuid4(), by=stranger)
    make_revision(proposal=other, key=str(note.pk + 1), place=other.place, title="Theirs")

    context = desk_of(officer).get("/en/workspace/").context

    assert [piece.title for piece in context["changed"]] == ["Ours"]
    assert [piece.title for piece in context["elsewhere"]] == ["Theirs"]


def stranger_place(stranger):
    from learningcity.cities.queries import roles_of

    return roles_of(stranger).get().city.slug


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_for_one_city_and_for_three(desk_of, count, django_assert_num_queries):
    person = make_user()
    for _ in range(count):
        city = make_city()
        make_role(user=person, city=city)
        make_profile(city=city)
        make_membership(city=city)
        make_answer(practice=make_practice(city=city))
        make_observation(city=city, observed_on=dt.date(2015, 1, 1))
        make_action(objective=make_objective(plan=make_plan(city=city)), ends_on=dt.date(2024, 1, 1))
    browser = desk_of(person)

    with django_assert_num_queries(33):
        browser.get("/workspace/")


def test_secretariat_finds_any_city_by_its_name(desk_of, secretariat, city, stranger):
    browser = desk_of(secretariat)

    assert len(browser.get("/workspace/").context["lines"]) == 2
    assert [line.city for line in browser.get("/workspace/", {"city": "ขอน"}).context["lines"]] == [city]
    assert browser.get("/workspace/", {"city": "nowhere"}).status_code == 200


def test_desk_is_one_page_long_however_many_cities_there_are(desk_of, secretariat):
    for _ in range(9):
        make_officer(make_city())

    assert len(desk_of(secretariat).get("/workspace/").context["lines"]) == 6
    assert len(desk_of(secretariat).get("/workspace/?page=2").context["lines"]) == 3


def test_account_page_leads_to_the_desk(desk_of, officer):
    assert 'href="/en/workspace/"' in text_of(desk_of(officer).get("/en/account/"))


def test_public_page_shows_the_desk_to_who_is_signed_in_and_to_nobody_else(client, desk_of, officer, city):
    stranger_sees = text_of(client.get("/en/cities/khon-kaen/"))

    assert "/en/workspace/" not in stranger_sees
    assert 'href="/en/report/?page=/cities/khon-kaen/"' in stranger_sees
    assert "/en/workspace/" in text_of(desk_of(officer).get("/en/cities/khon-kaen/"))


def test_secretariat_keeps_what_belongs_to_the_whole_network(desk_of, secretariat, officer):
    assert desk_of(secretariat).get("/workspace/-/").status_code == 200
    assert desk_of(officer).get("/workspace/-/").status_code == 403
    assert desk_of(secretariat).get("/workspace/nowhere/").status_code == 404


def test_notices_lead_to_where_something_can_be_done(officer, approver, note):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)
    send_back(draft, "Which report?", by=approver)
    report_error(Report(page="/", place="khon-kaen", text="The year is wrong."))

    leads = {(notice.kind, address_of(notice)) for notice in Notice.objects.all()}

    assert leads == {
        ("moderation.submitted", f"/workspace/queue/{draft.pk}/"),
        ("moderation.returned", f"/workspace/proposals/{draft.pk}/"),
        ("moderation.reported", f"/workspace/reports/{Report.objects.get().pk}/"),
    }
    assert all(line(notice).title for notice in visible(Notice.objects.all(), approver))
