import datetime as dt

import pytest

from learningcity.cities.enums import Stage
from learningcity.cities.models import Alias
from tests.factories.cities import (
    make_alias,
    make_authority,
    make_city,
    make_component,
    make_driving_body,
    make_membership,
    make_milestone,
    make_network,
    make_office,
    make_person,
    make_policy,
    make_profile,
)
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import make_agreement, make_commitment, make_organization, make_party
from tests.factories.practices import make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def khon_kaen():
    return make_city(
        slug="khon-kaen",
        name_th="ขอนแก่น",
        name_en="Khon Kaen",
        latitude="16.43",
        longitude="102.83",
        location_source=make_source(),
    )


def fill(city, rows):
    """Give the city so many of everything."""
    make_authority(city=city)
    for number in range(1, rows + 1):
        make_alias(city=city)
        make_membership(city=city)
        make_office(city=city)
        make_driving_body(city=city, position=number)
        make_policy(profile=make_profile(city=city, version=number))
        make_milestone(city=city)
        make_component(city=city, position=number)
        make_observation(city=city)
        make_practice(city=city)
        make_party(agreement=make_agreement(city=city), organization=make_organization(home=city))
        make_commitment(city=city, state="confirmed")


def shown(client, path="/en/cities/khon-kaen/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_city_takes_sixteen_queries_for_one_and_three_of_everything(client, django_assert_num_queries, khon_kaen, rows):
    fill(khon_kaen, rows)

    with django_assert_num_queries(16):
        client.get("/cities/khon-kaen/")


def test_city_of_which_only_the_name_is_known_has_a_page(client):
    make_city(slug="satun", name_en="Satun")

    page, html = shown(client, "/en/cities/satun/")

    assert (page.stage, page.profile, page.sources) == (Stage.ASPIRING, None, [])
    assert "<h1>Satun</h1>" in html


def test_city_shows_its_name_in_both_scripts(client, khon_kaen):
    _, html = shown(client, "/cities/khon-kaen/")

    assert "<h1>ขอนแก่น</h1>" in html
    assert '<p class="other-name display" lang="en">Khon Kaen</p>' in html


def test_city_tells_stage_and_since_when(client, khon_kaen):
    make_membership(
        ("applied", dt.date(2023, 1, 1)),
        ("active", dt.date(2024, 2, 14)),
        city=khon_kaen,
        network=make_network(scope="global"),
    )

    page, _ = shown(client)

    assert (page.stage, page.joined.starts_on) == (Stage.MEMBER, dt.date(2024, 2, 14))
    assert [status.state for status in page.statuses] == ["applied", "active"]


def test_city_that_left_is_no_member_since(client, khon_kaen):
    make_membership(("active", dt.date(2020, 1, 1)), ("left", dt.date(2022, 1, 1)), city=khon_kaen)

    page, _ = shown(client)

    assert (page.stage, page.joined) == (Stage.ASPIRING, None)


def test_city_does_not_tell_of_the_future(client, khon_kaen):
    make_membership(("active", dt.date(2999, 1, 1)), city=khon_kaen)

    page, _ = shown(client)

    assert (page.statuses, page.stage) == ([], Stage.ASPIRING)


def test_city_shows_both_numbers_where_sources_differ(client, khon_kaen):
    partners = make_indicator(name_en="Partners", unit_en="agencies")
    make_observation(city=khon_kaen, indicator=partners, value=62)
    make_observation(city=khon_kaen, indicator=partners, value=59, qualifier="more_than")

    page, html = shown(client)

    assert [(said.value, said.qualifier) for said in page.series[0].observations] == [(62, "exact"), (59, "more_than")]
    assert html.count("The sources differ") == 1
    assert '<span class="qualifier">more than</span> <span class="number">59</span>' in html


def test_city_shows_numbers_of_other_days_without_calling_them_different(client, khon_kaen):
    screened = make_indicator()
    make_observation(city=khon_kaen, indicator=screened, value=9012)
    make_observation(city=khon_kaen, indicator=screened, value=9206, observed_on=dt.date(2018, 6, 1))

    _, html = shown(client)

    assert (html.count("The sources differ"), html.count("At different times")) == (0, 1)


def test_city_puts_five_numbers_first(client, khon_kaen):
    for position in range(7):
        make_observation(city=khon_kaen, indicator=make_indicator(position=position))

    page, _ = shown(client)

    assert (len(page.most_telling), len(page.more_series)) == (5, 2)


@pytest.mark.parametrize(
    ("precision", "day", "words"),
    [
        ("day", dt.date(2024, 9, 17), '<time datetime="2024-09-17">17 กันยายน 2567</time>'),
        ("month", dt.date(2024, 9, 1), '<time datetime="2024-09">กันยายน 2567</time>'),
    ],
)
def test_city_dates_milestones_as_exactly_as_known(client, khon_kaen, precision, day, words):
    make_milestone(city=khon_kaen, happened_on=day, happened_precision=precision)

    _, html = shown(client, "/cities/khon-kaen/")

    assert html.count("<h3>พ.ศ. 2567</h3>") == 1
    assert words in html.partition('id="timeline"')[2]


def test_city_tells_milestones_year_by_year_from_the_beginning(client, khon_kaen):
    for position, year in ((1, 2022), (2, 2020), (3, 2022)):
        make_milestone(city=khon_kaen, happened_on=dt.date(year, 1, 1), happened_precision="year", position=position)

    page, html = shown(client)

    assert [(year, len(milestones)) for year, milestones in page.years] == [(2020, 1), (2022, 2)]
    assert '<p class="date">' not in html.partition('id="timeline"')[2].partition("</section>")[0]


def test_city_marks_our_translation_and_what_is_not_translated(client, khon_kaen):
    make_profile(city=khon_kaen, vision_th="", vision_en="A vision.", mission_th="พันธกิจ", mission_en="A mission.")

    _, html = shown(client, "/cities/khon-kaen/")

    assert '<p lang="en" class="foreign">A vision.</p>' in html
    vision, mission = (html.partition(f'id="{name}"')[2].partition("</section>")[0] for name in ("vision", "mission"))
    assert (vision.count("language-note"), mission.count("language-note")) == (1, 1)


def test_city_says_when_a_source_saw_somebody_in_office(client, khon_kaen):
    mayor = make_person(title_en="Mr", name_en="Teerasak Teekayuphan")
    make_office(city=khon_kaen, person=mayor, as_of=dt.date(2024, 10, 9))
    make_office(city=khon_kaen, kind="focal_point", starts_on=dt.date(2021, 1, 1), starts_precision="year")

    page, html = shown(client)

    assert [holder.person for holder in page.mayors] == [mayor]
    assert ("Mr Teerasak Teekayuphan" in html, "in office on 9 October 2024" in html, "since 2021" in html) == (
        True,
    ) * 3


def test_city_names_one_person_once_with_all_that_sources_say(client, khon_kaen):
    mayor = make_person()
    for day in (dt.date(2022, 7, 9), dt.date(2024, 10, 9)):
        make_office(city=khon_kaen, person=mayor, as_of=day)

    page, _ = shown(client)

    (holder,) = page.offices
    assert [said.as_of for said in holder.statements] == [dt.date(2024, 10, 9), dt.date(2022, 7, 9)]


def test_city_does_not_call_somebody_mayor_who_has_left(client, khon_kaen):
    make_office(city=khon_kaen, ends_on=dt.date(2024, 12, 31))

    page, _ = shown(client)

    assert (page.mayors, len(page.offices)) == ([], 1)


def test_city_says_what_is_uncertain(client):
    make_city(slug="khon-kaen", uncertainty_en="Town or province?")

    _, html = shown(client)

    assert "<p>Town or province?</p>" in html


def test_city_numbers_its_sources_and_every_reference_leads_to_one(client, khon_kaen):
    fill(khon_kaen, 2)

    page, html = shown(client)

    assert [source.number for source in page.sources] == list(range(1, len(page.sources) + 1))
    assert all(f'<li id="source-{source.number}">' in html for source in page.sources)


def test_city_is_cited_with_the_day_of_its_newest_source(client):
    source = make_source(seen_on=dt.date(2026, 11, 21))
    city = make_city(slug="khon-kaen")
    make_milestone(city=city, source=source)
    make_milestone(city=city, source=make_source(published_on=dt.date(2020, 1, 1)))

    page, html = shown(client)

    assert page.known_on == dt.date(2026, 11, 21)
    assert '<time datetime="2026-11-21">21 November 2026</time>' in html.partition('id="cite"')[2]


def test_city_escapes_what_people_write(client, khon_kaen):
    evil = "<script>alert(1)</script>"
    make_milestone(city=khon_kaen, text_en=evil)
    make_office(city=khon_kaen, person=make_person(name_en=evil), title_en=evil)
    make_observation(city=khon_kaen, note_en=evil, indicator=make_indicator(name_en=evil, unit_en=evil))
    make_profile(city=khon_kaen, introduction_en=evil, vision_en=evil)
    Alias.objects.create(city=khon_kaen, name=evil)

    for path in ("/en/cities/khon-kaen/", "/en/cities/khon-kaen/print/"):
        assert "<script>alert" not in shown(client, path)[1]


def test_city_printed_holds_the_same_facts(client, khon_kaen):
    fill(khon_kaen, 1)

    printed, html = shown(client, "/en/cities/khon-kaen/print/")

    assert printed.city == khon_kaen
    assert ("<nav" in html, 'content="noindex"' in html) == (False, True)


@pytest.mark.parametrize("address", ["KHON-KAEN", "khonkaen", "ขอนแก่น", "Khoen Kaen"])
@pytest.mark.parametrize(
    ("before", "after"), [("/cities/", "/"), ("/en/cities/", "/print/"), ("/cities/", "/card.png")]
)
def test_city_by_another_name_leads_to_its_one_address(client, khon_kaen, address, before, after):
    make_alias(city=khon_kaen, name="Khoen Kaen")

    response = client.get(f"{before}{address}{after}")

    assert (response.status_code, response.url) == (301, f"{before}khon-kaen{after}")


def test_city_unknown_is_a_404_that_names_the_nearest(client, khon_kaen):
    response = client.get("/en/cities/kon-kean/")

    assert response.status_code == 404
    assert response.context["cities"] == [khon_kaen]
    assert "We know no city at this address" in response.content.decode()


def test_city_name_that_several_share_is_a_404_that_names_them(client):
    cities = [make_city(), make_city()]
    for city in cities:
        make_alias(city=city, name="Muang")

    response = client.get("/cities/muang/")

    assert (response.status_code, response.context["cities"]) == (404, cities)


@pytest.mark.parametrize("slug", ["12", "x" * 3000, "%2e%2e", "a'b\"c", "😀", "practices"])
def test_city_with_a_strange_address_is_a_404(client, slug):
    assert client.get(f"/cities/{slug}/").status_code == 404


def test_city_profile_shows_each_version_and_its_word_counts(client, khon_kaen):
    make_profile(city=khon_kaen, version=1, vision_en="Old words.", introduction_en="")
    make_profile(city=khon_kaen, version=2, vision_en="Three new words.", introduction_en="")

    old = client.get("/en/cities/khon-kaen/profiles/1/")
    new = client.get("/en/cities/khon-kaen/profiles/2/")

    assert ("Old words." in old.content.decode(), "older version" in old.content.decode()) == (True, True)
    assert ("Three new words." in new.content.decode(), "older version" in new.content.decode()) == (True, False)
    assert [cell.value for cell in new.context["table"].rows[1]][2] == 3


@pytest.mark.parametrize("version", ["2", "0", "99999999999999999999", "x"])
def test_city_profile_that_does_not_exist_is_a_404(client, khon_kaen, version):
    make_profile(city=khon_kaen)

    assert client.get(f"/cities/khon-kaen/profiles/{version}/").status_code == 404
