"""What the first documents of this project say, read back from the database that the files fill."""

import datetime as dt
from decimal import Decimal

import pytest

from learningcity.awards.models import Category, Edition
from learningcity.cities.enums import ComponentKind, MembershipState, Theme
from learningcity.cities.models import (
    Alias,
    City,
    Component,
    Membership,
    MembershipStatus,
    Milestone,
    Network,
    Office,
    Policy,
    Profile,
    Province,
)
from learningcity.cities.queries import joining_of, member_count, membership_history
from learningcity.opendata.models import Observation
from learningcity.practices.models import Answer, Figure, Practice

pytestmark = pytest.mark.django_db


def numbers(indicator, place):
    said = Observation.objects.filter(indicator=indicator_named(indicator))
    said = said.filter(city__slug=place) | said.filter(network__slug=place)
    return {(row.value, row.qualifier, row.source.slug) for row in said.select_related("source")}


def indicator_named(slug):
    return Observation.indicator.field.related_model.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (dt.date(2019, 5, 31), 0),
        (dt.date(2019, 6, 30), 1),
        (dt.date(2020, 12, 31), 4),
        (dt.date(2022, 9, 1), 4),
        (dt.date(2022, 9, 2), 7),
        (dt.date(2024, 2, 14), 10),
        (dt.date(2025, 10, 31), 10),
        (dt.date(2025, 12, 4), 13),
        (dt.date(2026, 11, 21), 13),
    ],
)
def test_thai_members_are_counted_from_the_history_of_their_memberships(day, members):
    assert member_count(Network.objects.get(slug="unesco-gnlc"), on=day) == members


def test_thai_members_as_sources_count_them():
    assert numbers("network-thai-cities", "unesco-gnlc") == {
        (10, "exact", "pattayamail-2024-three-cities"),
        (10, "exact", "eef-awards-2025"),
        (13, "exact", "thailand-go-th-2025"),
    }


def test_phayao_applied_before_it_was_admitted():
    statuses = MembershipStatus.objects.filter(membership__city__slug="phayao").order_by("starts_on")

    assert [(status.state, status.starts_on) for status in statuses] == [
        (MembershipState.APPLIED, dt.date(2021, 11, 21)),
        (MembershipState.ACTIVE, dt.date(2022, 9, 2)),
    ]


def test_no_city_is_said_to_belong_to_the_thai_network_without_a_source():
    assert Membership.objects.filter(network__slug="thailand-network").count() == 0


def test_khon_kaen_is_a_member_since_2024():
    joining = joining_of(membership_history(City.objects.get(slug="khon-kaen")))

    assert (joining.starts_on, joining.starts_precision) == (dt.date(2024, 2, 14), "day")


def test_khon_kaen_has_102909_people():
    assert numbers("population", "khon-kaen") == {(102909, "exact", "unesco-gnlc-khon-kaen")}


def test_partners_of_one_day_and_one_report_are_62_and_more_than_59():
    assert numbers("mou-partners", "khon-kaen") == {
        (62, "exact", "khonkaen-mou-2024"),
        (59, "more_than", "khonkaen-mou-2024"),
    }


def test_ten_of_seventeen_goals_are_concerned():
    assert numbers("sdgs-addressed", "khon-kaen") == {(10, "exact", "khonkaen-mou-2024")}


def test_children_screened_are_9012_and_9206():
    assert numbers("students-screened", "khon-kaen") == {
        (9012, "exact", "unesco-gnlc-khon-kaen"),
        (9206, "exact", "kkmuni-background"),
        (6000, "more_than", "kkmuni-matichon"),
    }


def test_children_found_to_need_support_are_counted_in_three_ways():
    assert numbers("students-identified", "khon-kaen") == {
        (1000, "more_than", "unesco-gnlc-khon-kaen"),
        (535, "exact", "kkmuni-background"),
        (440, "exact", "kkmuni-matichon"),
    }


def test_the_360_classroom_covers_schools_and_child_care_centers():
    figures = Figure.objects.filter(practice__slug="360-classroom").order_by("position")

    assert [(figure.observation.indicator.slug, figure.observation.value) for figure in figures] == [
        ("schools-covered", 11),
        ("students-covered", 9012),
        ("child-care-centers-covered", 11),
        ("children-in-care-centers", 430),
        ("staff-trained-classroom", 600),
    ]


def test_figures_of_a_practice_are_about_its_own_city():
    figures = Figure.objects.select_related("practice", "observation")

    assert [figure.pk for figure in figures if figure.practice.city_id != figure.observation.city_id] == []


def test_both_practices_of_khon_kaen_are_there_in_the_order_of_the_profile():
    titles = Practice.objects.filter(city__slug="khon-kaen").order_by("position")

    assert [(practice.title_en, practice.title_th) for practice in titles] == [
        ("360 Classroom", "ห้องเรียน 360 องศา"),
        ("Teachers, Doctors and Parents", "ครู หมอ พ่อแม่"),
    ]


def test_a_point_is_told_by_each_source_that_speaks_of_it():
    told = Answer.objects.filter(practice__slug="teachers-doctors-and-parents", point=7).order_by("source__slug")

    assert [answer.source.slug for answer in told] == ["kkmuni-background", "unesco-gnlc-khon-kaen"]


def test_sixteen_cities_won_in_four_categories_and_one_headline_says_four():
    assert numbers("award-winning-cities", "thailand-network") == {
        (16, "exact", "eef-awards-2025"),
        (4, "exact", "matichon-awards-2025"),
    }
    assert list(Category.objects.order_by("position").values_list("name_en", flat=True)) == [
        "Learning City for CHILDREN and YOUTH",
        "Learning City for CULTURAL IDENTITY",
        "Learning City for EQUITY",
        "Learning City for ECONOMY",
    ]


def test_the_award_says_that_its_winners_are_not_known():
    edition = Edition.objects.get()

    assert (edition.held_on, edition.unknown.en.split(".")[0]) == (
        dt.date(2025, 10, 31),
        "The sources at hand do not say which city won in which category",
    )


def test_the_profile_has_a_policy_under_each_of_the_three_themes():
    policies = Policy.objects.filter(profile__city__slug="khon-kaen")

    assert {policy.theme for policy in policies} == set(Theme.values)


def test_the_mayor_is_named_by_three_sources_and_found_under_each_spelling():
    said = Office.objects.filter(kind="mayor").select_related("person", "source").order_by("as_of")
    person = said[0].person

    assert [office.source.slug for office in said] == [
        "unesco-gnlc-khon-kaen",
        "khonkaen-mou-2024",
        "kkmuni-session-2024",
    ]
    assert (person.title.en, person.name.en, person.name.th) == ("Mr", "Teerasak Teekayuphan", "ธีระศักดิ์ ฑีฆายุพันธุ์")
    assert {"Teerasak Theekhayuphan", "Thirasak Thikhayuphan"} <= set(person.other_names)


def test_thirteen_officials_of_the_session_hold_their_office_as_of_that_day():
    officials = Office.objects.filter(kind="official")

    assert {(office.as_of, office.source.slug) for office in officials} == {
        (dt.date(2024, 10, 9), "kkmuni-session-2024")
    }
    assert officials.count() == 13


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("เทศบาลนครขอนแก่น", "alias"),
        ("ทน.ขอนแก่น", "abbreviation"),
        ("เทศบาลเมืองขอนแก่น", "misnomer"),
        ("Khoen Kaen", "misnomer"),
    ],
)
def test_khon_kaen_has_every_name_under_which_documents_speak_of_it(name, kind):
    assert Alias.objects.get(name=name).kind == kind
    assert Alias.objects.get(name=name).city.slug == "khon-kaen"


def test_chiang_mai_tells_sixteen_events_by_year():
    years = [stone.happened_on.year for stone in Milestone.objects.filter(city__slug="chiang-mai")]

    assert {year: years.count(year) for year in years} == {2020: 1, 2021: 3, 2022: 4, 2023: 4, 2024: 4}


def test_chiang_mai_is_made_of_five_components():
    components = Component.objects.filter(city__slug="chiang-mai").order_by("position")

    assert [component.kind for component in components] == list(ComponentKind.values)


def test_chiang_mai_has_a_vision_and_a_mission():
    profile = Profile.objects.get(city__slug="chiang-mai")

    assert (profile.vision.en[:12], profile.mission.en[:31]) == ("Chiang Mai –", "Establish a learning ecosystem,")


def test_phayao_is_small():
    assert numbers("population", "phayao") == {(20000, "less_than", "platform-phayao")}
    assert numbers("area", "phayao") == {(9, "exact", "platform-phayao")}


def test_bangkok_is_large():
    assert numbers("population", "bangkok") == {(10_000_000, "more_than", "platform-bangkok")}


def test_the_network_grew_and_two_sources_count_2022_differently():
    said = Observation.objects.filter(indicator__slug="network-cities", qualifier="exact").order_by(
        "observed_on", "-value"
    )

    assert [int(row.value) for row in said] == [230, 292, 294, 356, 425]


def test_pattani_is_a_city_of_unstated_kind_without_authority_and_location():
    city = City.objects.get(slug="pattani")

    assert (city.kind, city.province.pk, city.latitude, hasattr(city, "authority")) == ("unstated", "94", None, False)
    assert bool(city.uncertainty.th and city.uncertainty.en)


def test_all_77_provinces_are_there_by_region():
    regions = list(Province.objects.values_list("region", flat=True))

    assert {region: regions.count(region) for region in regions} == {
        "north": 9,
        "northeast": 20,
        "central": 22,
        "east": 7,
        "west": 5,
        "south": 14,
    }


def test_every_member_stands_on_the_map_of_thailand():
    members = City.objects.exclude(slug="pattani")

    assert [
        city.slug
        for city in members
        if not (Decimal(5) < city.latitude < Decimal(21) and Decimal(97) < city.longitude < Decimal(106))
    ] == []
