import pytest
from django.urls import reverse

from learningcity.sources.queries import fields_that_name_a_source
from tests.factories import library, partners
from tests.factories.awards import make_edition
from tests.factories.cities import (
    make_authority,
    make_city,
    make_component,
    make_driving_body,
    make_membership,
    make_milestone,
    make_network,
    make_office,
    make_profile,
    make_province,
)
from tests.factories.opendata import make_observation
from tests.factories.plans import make_plan
from tests.factories.practices import make_answer, make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

MAKERS = [
    library.make_place,
    library.make_resource,
    make_authority,
    make_answer,
    make_component,
    make_driving_body,
    make_edition,
    make_milestone,
    make_network,
    make_observation,
    make_office,
    make_plan,
    make_practice,
    make_profile,
    make_province,
    partners.make_organization,
    partners.make_presence,
    partners.make_agreement,
    partners.make_party,
    partners.make_signatory,
    partners.make_goal,
    partners.make_target,
    partners.make_goal_link,
]


def facts_of(response):
    return [(group.key, [str(fact.title) for fact in facts]) for group, facts in response.context["groups"]]


def test_sources_are_listed_with_the_number_of_facts_on_each(client):
    told = make_source(title_th="ก")
    make_milestone(source=told)
    make_milestone(source=told)
    make_source(title_th="ข")

    rows = client.get("/sources/").context["table"].rows

    # make_milestone also made a city, whose province has a source of its own.
    by_title = {str(row[0].value): row[5].value for row in rows}
    assert (by_title["ก"], by_title["ข"]) == ("2", "0")


def test_sources_are_narrowed_to_a_kind(client):
    make_source(kind="news", title_en="News")
    make_source(kind="official")

    response = client.get("/en/sources/", {"kind": "news"})

    assert [source.title.en for source in response.context["page"]] == ["News"]


def test_sources_say_that_a_kind_is_unknown_and_leave_it_out(client):
    make_source()

    response = client.get("/en/sources/", {"kind": "rumor"})

    assert response.context["page"].paginator.count == 1
    assert "“rumor”" in str(response.context["form"].errors["kind"])


def test_sources_of_a_kind_that_has_none_say_what_a_source_is(client):
    response = client.get("/en/sources/", {"kind": "news"})

    assert "A source is a document" in response.content.decode()


def test_sources_fragment_is_part_of_the_whole_page(client):
    make_source()

    whole = client.get("/sources/").content.decode()
    fragment = client.get("/sources/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in whole


@pytest.mark.parametrize("count", [1, 3])
def test_sources_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_source()

    # Their number, the sources, the facts, their table.
    with django_assert_num_queries(4):
        client.get("/sources/")


@pytest.mark.parametrize("make", MAKERS)
def test_source_shows_each_kind_of_fact_and_leads_to_it(client, make):
    source = make_source()
    make(source=source)

    ((group, facts),) = client.get(f"/en/sources/{source.slug}/").context["groups"]

    assert group.count == 1
    assert facts[0].address.startswith("/en/")
    assert client.get(facts[0].address).status_code == 200


def test_source_shows_statuses_of_memberships_and_locations_of_cities(client):
    source = make_source()
    make_membership().statuses.update(source=source)
    make_city(location_source=source, latitude=16, longitude=102)

    groups = client.get(f"/en/sources/{source.slug}/").context["groups"]

    assert [group.key for group, _ in groups] == ["city-location-source", "membershipstatus"]
    assert [client.get(facts[0].address).status_code for _, facts in groups] == [200, 200]


def test_every_kind_of_fact_is_tried_above():
    tried = len(MAKERS) + len(["membershipstatus", "city-location-source", "target-baseline-source"])

    assert len(fields_that_name_a_source()) == tried


def test_source_names_a_number_with_place_value_and_date(client):
    source = make_source()
    number = make_observation(source=source, value=9012)

    response = client.get(f"/en/sources/{source.slug}/")

    expected = f"{number.city.name_en}: {number.indicator.name_en} 9,012 people (17 September 2024)"
    assert facts_of(response) == [("observation", [expected])]


def test_source_says_of_a_number_that_it_is_not_exact(client):
    source = make_source()
    make_observation(source=source, value=59, qualifier="more_than")

    ((_, (title,)),) = facts_of(client.get(f"/en/sources/{source.slug}/"))

    assert " more than 59 " in title


def test_source_without_facts_says_why_it_is_kept(client):
    source = make_source()

    assert "No fact rests on this source" in client.get(f"/en/sources/{source.slug}/").content.decode()


def test_source_leads_from_its_first_facts_to_all(client):
    source = make_source()
    city = make_city()
    for number in range(12):
        make_milestone(source=source, city=city, text_en=f"E{number}")

    ((_, first),) = client.get(f"/en/sources/{source.slug}/").context["groups"]
    everything = client.get(f"/en/sources/{source.slug}/", {"kind": "milestone"}).context["facts"]

    assert (len(first), len(everything)) == (10, 12)


def test_source_does_not_know_a_kind_of_fact_that_does_not_rest_on_it(client):
    source = make_source()

    response = client.get(f"/en/sources/{source.slug}/", {"kind": "milestone"})

    assert response.status_code == 404
    assert "Nothing of the kind “milestone” rests on this source." in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_source_takes_the_same_queries_however_many_facts_it_has(client, count, django_assert_num_queries):
    source = make_source()
    for _ in range(count):
        for make in MAKERS:
            make(source=source)

    # The source, the counts, and one for each kind of fact.
    with django_assert_num_queries(2 + len(MAKERS)):
        client.get(reverse("source", args=[source.slug]))
