"""The network of partners as a picture and as a table."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from learningcity.partners.queries.network.ties import Scope
from learningcity.portal.queries.network import Question, Unknown, read_answer
from tests.factories.networks import make_bridge, make_kept, make_network
from tests.factories.partners import make_agreement, make_organization, make_party

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+)"><title>([^<]+)</title>')


def rows_of(response):
    return [[str(cell.value) for cell in row] for row in response.context["table"].rows]


def test_network_draws_each_organization_as_a_link_that_says_what_it_is(client):
    _, (organization, *_) = make_network(3)
    make_kept(organization)

    content = client.get("/en/partners/network/").content.decode()

    words = [said for _, said in LINK.findall(content)]
    assert f"1. {organization.name_en}, public sector: 1 promise kept" in words


def test_network_says_its_finding_in_the_title_of_the_picture(client):
    _, (busy, lazy, *_) = make_network(4)
    for _ in range(3):
        make_kept(busy)
    make_kept(lazy)

    content = client.get("/en/partners/network/").content.decode()

    finding = f"4 kept promises, made by 2 of 4 organizations; most of them, 3, by {busy.name_en}."
    assert f'<title id="network-title">{finding}</title>' in content
    assert f'<p class="lead">{finding}</p>' in content


def test_network_without_kept_promises_says_that_signatures_are_counted(client):
    make_network(3)

    response = client.get("/en/partners/network/")

    assert response.context["finding"] == "3 organizations around 1 agreement; no kept promise is recorded yet."
    assert "No kept promise is recorded yet" in response.context["counted"]


def test_network_of_nobody_says_what_it_is_for(client):
    assert "No partners are recorded here yet" in client.get("/en/partners/network/").content.decode()


def test_network_draws_ties_by_width_and_signatures_dotted(client):
    agreement, organizations = make_network(3)
    for organization in (*organizations[:1] * 3, organizations[1]):
        make_kept(organization, city=agreement.city, program_en="Teachers")

    drawing = client.get("/en/partners/network/").context["drawing"]

    assert [(line.width, line.is_dashed, line.path.count("M")) for line in drawing.lines] == [
        (1.0, True, 3),
        (2.0, False, 1),
        (4.5, False, 1),
    ]


def test_network_gives_each_sector_its_own_shape(client):
    agreement = make_agreement()
    for sector in ("public", "private", "education", "civil_society"):
        make_party(agreement=agreement, organization=make_organization(sector=sector))

    content = client.get("/en/partners/network/").content.decode()

    shapes = re.findall(r'<use href="#shape-(\w+)"', content)
    assert sorted(shapes) == ["agreement", "civil_society", "education", "private", "public"]
    assert all(f'id="shape-{shape}"' in content for shape in shapes)


def test_network_leads_from_nodes_to_organizations_and_agreements(client):
    agreement, (organization,) = make_network(1)

    content = client.get("/en/partners/network/").content.decode()

    assert [href for href, _ in LINK.findall(content)] == [
        reverse("agreement", args=[agreement.slug]).replace("/agreements", "/en/agreements"),
        reverse("organization", args=[organization.slug]).replace("/organizations", "/en/organizations"),
    ]


def test_network_escapes_names(client):
    make_party(organization=make_organization(name_en="<script>alert(1)</script> & “Co”"))

    content = client.get("/en/partners/network/").content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “Co”" in content


def test_network_gives_the_same_figures_as_a_table(client):
    both = make_bridge()

    first, *others = rows_of(client.get("/en/partners/network/"))

    assert first == [both.name_en, "1", "public sector", "0", "4", "2", "0.6000", "1", "1", "0", "2 are cut off"]
    assert [row[3:] for row in others] == [["0", "2", "1", "0.0000", "1", "1", "0", "nothing breaks"]] * 4


@pytest.mark.parametrize("sort", ["name", "sector", "-kept", "-partners", "-degree", "-core", "component", "-loss"])
def test_network_sorts_the_table_by_each_column(client, sort):
    make_bridge()

    response = client.get("/en/partners/network/", {"sort": sort})

    direction = "descending" if sort.startswith("-") else "ascending"
    assert f'aria-sort="{direction}"' in response.content.decode()


def test_network_sorts_by_name_in_the_order_of_a_thai_dictionary(client):
    agreement = make_agreement()
    for name in ("พะเยา", "เชียงใหม่", "ขอนแก่น"):
        make_party(agreement=agreement, organization=make_organization(name_th=name))

    rows = rows_of(client.get("/partners/network/?sort=name"))

    assert [row[0] for row in rows] == ["ขอนแก่น", "เชียงใหม่", "พะเยา"]


def test_network_sorts_by_name_in_the_order_of_the_english_alphabet_in_english(client):
    agreement = make_agreement()
    for name in ("Yala", "bangkok", "Phayao"):
        make_party(agreement=agreement, organization=make_organization(name_en=name))

    rows = rows_of(client.get("/en/partners/network/?sort=name"))

    assert [row[0] for row in rows] == ["bangkok", "Phayao", "Yala"]


def test_network_says_which_language_a_foreign_name_is_in(client):
    make_party(organization=make_organization(name_en="", name_th="หอการค้า"))

    content = client.get("/en/partners/network/").content.decode()

    assert '<text class="name" lang="th"' in content


def test_network_counts_kept_promises_alone_unless_asked_otherwise(client):
    _, (busy, _lazy) = make_network(2)
    make_kept(busy)

    by_promise = rows_of(client.get("/en/partners/network/"))
    by_signature = client.get("/en/partners/network/?ties=all")

    assert [row[5] for row in by_promise] == ["1", "0"]
    assert [row[5] for row in rows_of(by_signature)] == ["2", "1"]
    assert "They say who agreed, not who works together." in by_signature.context["counted"]


def test_network_of_a_city_leaves_out_all_others(client):
    agreement, organizations = make_network(2)
    make_network(3)

    response = client.get("/en/partners/network/", {"city": agreement.city.slug})

    assert {row[0] for row in rows_of(response)} == {one.name_en for one in organizations}
    assert str(response.context["answer"].place) == agreement.city.name_th


def test_network_of_an_agreement_leaves_out_all_others(client):
    agreement, organizations = make_network(2)
    make_network(3)

    response = client.get("/en/partners/network/", {"agreement": agreement.slug})

    assert {row[0] for row in rows_of(response)} == {one.name_en for one in organizations}
    assert "All agreements" in response.content.decode()


@pytest.mark.parametrize("name", ["city", "ties"])
def test_network_says_that_a_filter_is_unknown_and_leaves_it_out(client, name):
    make_network(2)

    response = client.get("/en/partners/network/", {name: "atlantis"})

    assert len(rows_of(response)) == 2
    assert "“atlantis”" in str(response.context["form"].errors[name])


@pytest.mark.parametrize("name", ["agreement", "without"])
@pytest.mark.parametrize(
    "page",
    ["/en/partners/network/", "/en/partners/network/picture/", "/en/partners/network.svg", "/en/partners/network.json"],
)
def test_network_knows_no_agreement_and_no_organization_of_that_name(client, name, page):
    make_network(2)

    response = client.get(page, {name: "atlantis"}, headers={"Accept": "text/html"})

    assert response.status_code == 404
    assert "atlantis" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_network_takes_the_same_queries_for_one_and_three(client, count, django_assert_num_queries):
    _, organizations = make_network(count)
    for organization in organizations:
        make_kept(organization)

    # The cities to choose from, the version of all content, the parties, the promises.
    with django_assert_num_queries(4):
        client.get("/en/partners/network/")


def test_network_is_read_once_while_nothing_changes(client, django_assert_num_queries):
    make_network(3)
    client.get("/en/partners/network/")

    # The cities to choose from, the version of all content.
    with django_assert_num_queries(2):
        client.get("/en/partners/network/?sort=name")


def test_network_names_nobody_first_who_is_not(client):
    _, organizations = make_network(3)
    for organization in organizations[:2]:
        make_kept(organization)

    finding = client.get("/en/partners/network/").context["finding"]

    assert finding == "2 kept promises, made by 2 of 3 organizations."


def test_network_of_a_city_that_does_not_exist_is_unknown():
    with pytest.raises(Unknown):
        read_answer(Question(Scope(city="atlantis")), on=dt.date(2026, 11, 21))


def test_network_shows_twenty_rows_first_and_all_where_somebody_asks(client):
    make_network(21)

    few = client.get("/en/partners/network/")
    many = client.get("/en/partners/network/", {"rows": "many"})

    assert (len(rows_of(few)), len(rows_of(many))) == (20, 21)
    assert 'href="?rows=many#table">Show all 21 on one page</a>' in few.content.decode()
    assert 'href="?page=2#table"' in few.content.decode()
    assert "on one page</a>" not in many.content.decode()


def test_network_of_more_than_a_page_holds_offers_longer_pages(client):
    make_network(71)

    content = client.get("/en/partners/network/").content.decode()

    assert ">Show 70 on each page</a>" in content
