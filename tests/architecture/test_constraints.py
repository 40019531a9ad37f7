"""Every constraint of the database is tried once, going round all forms; a new one without a trial fails here."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from learningcity.sources.models import LoadedRow
from tests.factories import accounts, awards, cities, imports, notices, opendata, practices, sources
from tests.harvest.trials import TRIALS as HARVEST
from tests.interfaces.trials import TRIALS as INTERFACES
from tests.library.trials import TRIALS as LIBRARY
from tests.moderation.trials import TRIALS as MODERATION
from tests.opendata.trials import TRIALS as OPENDATA
from tests.partners.trials import TRIALS as PARTNERS
from tests.pictures.trials import TRIALS as PICTURES
from tests.plans.trials import TRIALS as PLANS
from tests.workspace.trials import TRIALS as WORKSPACE

DAY = dt.date(2024, 9, 17)


def twice(make, **same):
    make(**same)
    make(**same)


def two_statuses_on_one_day():
    membership = cities.make_membership(("applied", DAY))
    membership.statuses.create(state="active", starts_on=DAY, source=sources.make_source())


def two_answers_of_one_source():
    answer = practices.make_answer()
    practices.make_answer(practice=answer.practice, point=answer.point, source=answer.source)


def one_figure_twice():
    figure = practices.make_figure()
    practices.make_figure(practice=figure.practice, observation=figure.observation)


def one_number_twice():
    first = opendata.make_observation()
    opendata.make_observation(indicator=first.indicator, city=first.city, source=first.source)


def one_office_twice():
    first = cities.make_office()
    cities.make_office(city=first.city, person=first.person, source=first.source)


def two_categories(**same):
    edition = awards.make_edition()
    awards.make_category(edition=edition, slug="a", position=1)
    awards.make_category(edition=edition, **{"slug": "b", "position": 2} | same)


def city_and(make, **same):
    twice(make, city=cities.make_city(), **same)


TRIALS = {
    "accounts_one_account_per_address": lambda: [
        accounts.make_user(email="a@example.org"),
        accounts.make_user(email="A@example.org"),
    ],
    "accounts_erased_accounts_are_nameless_and_closed": lambda: accounts.make_user(
        name="ตัวอย่าง", erased_at=timezone.now()
    ),
    "awards_category_has_its_own_address": lambda: two_categories(slug="a"),
    "awards_categories_have_distinct_positions": lambda: two_categories(position=1),
    "cities_province_lies_in_a_known_region": lambda: cities.make_province(region="moon"),
    "cities_city_is_of_a_known_kind": lambda: cities.make_city(kind="village"),
    "cities_location_is_complete_and_sourced": lambda: cities.make_city(latitude=16, longitude=102),
    "cities_driving_bodies_have_distinct_positions": lambda: city_and(cities.make_driving_body, position=1),
    "cities_driving_body_has_a_name": lambda: cities.make_driving_body(name_th="", name_en=""),
    "cities_alias_is_named_once_for_a_city": lambda: city_and(cities.make_alias, name="KK"),
    "cities_one_membership_per_network": lambda: city_and(cities.make_membership, network=cities.make_network()),
    "cities_one_status_per_membership_and_day": two_statuses_on_one_day,
    "cities_status_is_known": lambda: cities.make_membership(("dreamt", DAY)),
    "cities_vague_status_dates_are_stored_alike": lambda: (
        cities.make_membership().statuses.all().update(starts_on=DAY, starts_precision="year")
    ),
    "cities_person_has_a_name": lambda: cities.make_person(name_th="", name_en=""),
    "cities_one_office_per_person_kind_and_source": one_office_twice,
    "cities_office_ends_after_it_starts": lambda: cities.make_office(starts_on=DAY, ends_on=dt.date(2023, 1, 1)),
    "cities_vague_office_days_are_stored_alike": lambda: cities.make_office(as_of=DAY, as_of_precision="month"),
    "cities_vague_office_starts_are_stored_alike": lambda: cities.make_office(starts_on=DAY, starts_precision="year"),
    "cities_vague_office_ends_are_stored_alike": lambda: cities.make_office(ends_on=DAY, ends_precision="year"),
    "cities_officers_have_a_city_and_the_secretariat_has_none": lambda: cities.make_role(kind="editor", city=None),
    "cities_role_ends_after_it_starts": lambda: cities.make_role(starts_on=DAY, ends_on=dt.date(2024, 9, 16)),
    "cities_a_deputy_has_a_last_day": lambda: cities.make_role(deputy_of=cities.make_role()),
    "cities_a_deputy_stands_in_for_ninety_days_at_most": lambda: cities.make_role(
        deputy_of=cities.make_role(), starts_on=DAY, ends_on=DAY + dt.timedelta(days=91)
    ),
    "cities_an_open_role_is_held_once": lambda: twice(
        cities.make_role, user=accounts.make_user(), kind="secretariat", city=None
    ),
    "cities_profile_versions_are_numbered": lambda: city_and(cities.make_profile, version=1),
    "cities_vague_profile_days_are_stored_alike": lambda: cities.make_profile(as_of=DAY, as_of_precision="year"),
    "cities_one_policy_text_per_theme": lambda: twice(cities.make_policy, profile=cities.make_profile()),
    "cities_policy_theme_is_one_of_three": lambda: cities.make_policy(theme="fun"),
    "cities_policy_has_a_text": lambda: cities.make_policy(text_th="", text_en=""),
    "cities_milestone_has_its_own_key": lambda: city_and(cities.make_milestone, slug="mou"),
    "cities_milestone_has_a_text": lambda: cities.make_milestone(text_th="", text_en=""),
    "cities_vague_milestones_are_stored_alike": lambda: cities.make_milestone(
        happened_on=DAY, happened_precision="month"
    ),
    "cities_components_of_a_kind_have_distinct_positions": lambda: city_and(cities.make_component, position=1),
    "cities_component_has_a_name": lambda: cities.make_component(name_th="", name_en=""),
    "notices_letter_has_an_address_or_an_owner": lambda: notices.make_letter(kind="notices"),
    "notices_letter_state_is_known": lambda: notices.make_letter(state="lost"),
    "notices_letters_are_dated_once_they_are_settled": lambda: notices.make_letter(state="sent", settled_at=None),
    "notices_letter_says_something_only_while_it_waits": lambda: notices.make_letter(state="sent", text="The way in"),
    "notices_an_unread_notice_stands_once": lambda: twice(
        notices.make_notice, recipient=accounts.make_user(), record="cities.City:1"
    ),
    "notices_a_read_notice_waits_for_no_mail": lambda: notices.make_notice(read_at=timezone.now(), settled_at=None),
    "notices_choice_is_known": lambda: notices.make_preference(how="weekly"),
    "imports_state_is_known": lambda: imports.make_upload(state="dreamt"),
    "imports_mode_is_known": lambda: imports.make_upload(mode="some"),
    "imports_what_was_written_is_dated": lambda: imports.make_upload(state="applied"),
    "imports_all_or_nothing_leaves_no_row_out": lambda: imports.make_upload(
        state="applied", applied_at=timezone.now(), mode="all", refused=1
    ),
    "imports_what_went_wrong_is_said": lambda: imports.make_upload(state="failed"),
    "imports_a_row_is_judged_once": lambda: twice(imports.make_row, upload=imports.make_upload()),
    "imports_verdict_is_known": lambda: imports.make_row(verdict="maybe"),
    "imports_refused_rows_have_a_reason": lambda: imports.make_row(verdict="refused"),
    "imports_no_more_is_done_than_there_is": lambda: imports.make_progress(done=2, total=1),
    "opendata_indicator_is_defined": lambda: opendata.make_indicator(definition_th=""),
    "opendata_observation_is_of_one_place": lambda: opendata.make_observation(
        city=cities.make_city(), network=cities.make_network()
    ),
    "opendata_a_source_says_a_number_once": one_number_twice,
    "opendata_vague_dates_are_stored_alike": lambda: opendata.make_observation(
        observed_on=DAY, observed_precision="year"
    ),
    "practices_practice_has_a_name": lambda: practices.make_practice(title_th="", title_en=""),
    "practices_a_source_answers_a_point_once": two_answers_of_one_source,
    "practices_point_is_one_of_eleven": lambda: practices.make_answer(point=12),
    "practices_answer_has_a_text": lambda: practices.make_answer(text_th="", text_en=""),
    "practices_figure_is_used_once": one_figure_twice,
    "sources_a_row_of_a_file_is_remembered_once": lambda: twice(
        LoadedRow.objects.create, file="cities.csv", name="khon-kaen"
    ),
    "sources_source_has_a_title": lambda: sources.make_source(title_th="", title_en=""),
    "sources_vague_dates_are_stored_alike": lambda: sources.make_source(published_on=DAY, published_precision="year"),
}

TRIALS |= MODERATION | WORKSPACE | PARTNERS | OPENDATA | PICTURES | PLANS | INTERFACES | HARVEST | LIBRARY


def constraints_of_the_house():
    return {
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith("learningcity.")
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_trial():
    assert {name for name in constraints_of_the_house() if not name.startswith("search_")} == set(TRIALS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", TRIALS)
def test_constraint_holds_against_a_row_that_went_round_the_forms(name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        TRIALS[name]()

    assert f'"{name}"' in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize("half", [{"latitude": 16}, {"longitude": 102}])
def test_half_a_location_cannot_be_stored_even_with_a_source(half):
    with pytest.raises(IntegrityError, match="cities_location_is_complete_and_sourced"):
        cities.make_city(location_source=sources.make_source(), **half)


@pytest.mark.django_db
def test_a_number_without_a_source_cannot_be_stored():
    with pytest.raises(IntegrityError, match="source_id"):
        opendata.make_observation(source=None)
