"""The network of partners: picture, table, file, and what breaks without somebody."""

import csv
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from learningcity.partners.models import NetworkPicture
from learningcity.partners.queries.network import pictures
from learningcity.partners.tasks.network import lay_out
from tests.factories.partners import make_agreement, make_commitment, make_organization, make_party
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+)"><title>([^<]+)</title>')


def make_network(count=3, **changes):
    """Make one agreement with so many parties, and return the agreement and the parties' organizations."""
    source = changes.setdefault("source", make_source())
    agreement = make_agreement(**changes)
    organizations = [make_organization(source=source) for _ in range(count)]
    for organization in organizations:
        make_party(agreement=agreement, organization=organization, source=source)
    return agreement, organizations


def make_kept(organization, **changes):
    return make_commitment(organization=organization, state="kept", **changes)


def bridge():
    """Make two agreements of three parties each, one of them in both, and return that one."""
    _first, (both, *_) = make_network(3)
    second, _ = make_network(2)
    make_party(agreement=second, organization=both)
    return both


@pytest.fixture
def large(monkeypatch):
    """Make every network a large one, which waits for the worker."""
    monkeypatch.setattr(pictures, "SMALL", 1)
    monkeypatch.setattr("learningcity.portal.views.network.SMALL", 1)


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
    both = bridge()

    first, *others = rows_of(client.get("/en/partners/network/"))

    assert first == [both.name_en, "1", "public sector", "0", "4", "2", "0.6000", "1", "1", "0", "2 are cut off"]
    assert [row[3:] for row in others] == [["0", "2", "1", "0.0000", "1", "1", "0", "nothing breaks"]] * 4


@pytest.mark.parametrize("sort", ["name", "sector", "-kept", "-partners", "-degree", "-core", "component", "-loss"])
def test_network_sorts_the_table_by_each_column(client, sort):
    bridge()

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
@pytest.mark.parametrize("page", ["network", "network-picture", "network-svg", "network-csv", "network-xlsx"])
def test_network_knows_no_agreement_and_no_organization_of_that_name(client, name, page):
    make_network(2)

    response = client.get(reverse(page), {name: "atlantis"})

    assert response.status_code == 404
    assert "atlantis" in response.content.decode()


def test_network_without_a_bridge_says_in_one_sentence_what_breaks(client):
    both = bridge()

    response = client.get("/en/partners/network/", {"without": both.slug})

    lost = response.context["answer"].cut_off
    names = ", ".join(node.name.en for node in lost)
    assert response.context["finding"] == (
        f"Without {both.name_en}, 2 organizations would be cut off from the rest: {names}; 0 kept promises would be missing."
    )
    assert [mark.is_cut_off for mark, _ in response.context["drawing"].named].count(True) == 2
    assert both.name_en not in {row[0] for row in rows_of(response)}


def test_network_without_somebody_keeps_numbers_and_places(client):
    both = bridge()

    with_all = client.get("/en/partners/network/").context["drawing"]
    without = client.get("/en/partners/network/", {"without": both.slug}).context["drawing"]

    before = {(mark.number, mark.x, mark.y) for mark, _ in with_all.named}
    gone = {(mark.x, mark.y) for mark, _ in without.named if mark.shape == "gone"}
    assert {(mark.number, mark.x, mark.y) for mark, _ in without.named if mark.shape != "gone"} < before
    assert gone == {(mark.x, mark.y) for mark, _ in with_all.named if mark.number == 1}


def test_network_without_a_sector_says_that_nobody_of_it_is_left(client):
    both = bridge()
    both_agreements = {party.agreement for party in both.parties.all()}
    for agreement in both_agreements:
        make_party(agreement=agreement, organization=make_organization(sector="public"))
    lone = make_agreement()
    make_party(agreement=lone, organization=both)
    make_party(agreement=lone, organization=make_organization(sector="education"))

    finding = client.get("/en/partners/network/", {"without": both.slug}).context["finding"]

    assert "nobody would be left there from: education;" in finding


def test_network_without_somebody_who_ties_nothing_says_so(client):
    _, (busy, lazy) = make_network(2)
    make_kept(busy)

    finding = client.get("/en/partners/network/", {"without": lazy.slug}).context["finding"]

    assert finding == f"Without {lazy.name_en} nothing changes: no tie that is counted here leads to it."


@pytest.mark.usefixtures("large")
def test_large_network_shows_its_table_while_the_picture_waits_for_the_worker(client):
    make_network(3)

    waiting = client.get("/en/partners/network/")
    lay_out("", "")
    ready = client.get("/en/partners/network/")

    assert "The picture is being drawn" in waiting.content.decode()
    assert waiting["Cache-Control"] == "no-store"
    assert len(rows_of(waiting)) == 3
    assert ready["Cache-Control"].startswith("public")
    assert '<img src="/en/partners/network.svg"' in ready.content.decode()


@pytest.mark.usefixtures("large")
def test_large_network_has_a_page_on_which_each_organization_is_a_link(client):
    _, organizations = make_network(3)

    waiting = client.get("/en/partners/network/picture/").content.decode()
    lay_out("", "")
    ready = client.get("/en/partners/network/picture/").content.decode()

    assert LINK.findall(waiting) == []
    assert len(LINK.findall(ready)) == 1 + len(organizations)


@pytest.mark.usefixtures("large")
def test_network_svg_is_a_picture_that_stands_alone(client):
    make_network(3)
    lay_out("", "")

    light = client.get("/en/partners/network.svg")
    dark = client.get("/en/partners/network.svg?tone=dark").content.decode()

    assert light["Content-Type"] == "image/svg+xml"
    assert light.content.decode().startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert '<rect x="' in light.content.decode()
    assert "#12151f" in dark
    assert "<a " not in dark


@pytest.mark.usefixtures("large")
def test_network_svg_that_is_not_drawn_yet_says_so(client):
    make_network(3)

    response = client.get("/en/partners/network.svg")

    assert response.status_code == 404
    assert "still being drawn" in response.content.decode()
    assert NetworkPicture.objects.count() == 0


def test_network_csv_gives_all_figures_and_no_formula(client):
    both = bridge()
    make_party(agreement=both.parties.first().agreement, organization=make_organization(name_en="=cmd|' /C calc'!A0"))

    response = client.get("/en/partners/network.csv")

    content = b"".join(response.streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[1][:8] == [both.name_th, both.name_en, "1", "public sector", "0", "5", "2", str(12 / 21)]
    assert {row[1][0] for row in rows[2:]} == {"O", "'"}
    assert len({len(row) for row in rows}) == 1


def test_network_xlsx_gives_the_same_rows(client):
    bridge()

    answer = client.get("/en/partners/network.xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)

    text = b"".join(client.get("/en/partners/network.csv").streaming_content).decode("utf-8-sig")
    # A workbook writes 0.0 as 0, so that betweenness looks different and is not.
    assert [list(map(str, row[:7])) for row in rows] == [row[:7] for row in csv.reader(io.StringIO(text))]
    assert rows[1][7] == 0.6
    assert answer["Content-Disposition"] == 'attachment; filename="all-network.xlsx"'


def test_network_csv_is_named_after_its_city(client):
    agreement, _ = make_network(1)

    response = client.get("/partners/network.csv", {"city": agreement.city.slug})

    assert response["Content-Disposition"] == f'attachment; filename="city-{agreement.city.slug}-network.csv"'


@pytest.mark.parametrize("count", [1, 3])
def test_network_takes_the_same_queries_for_one_and_three(client, count, django_assert_num_queries):
    _, organizations = make_network(count)
    for organization in organizations:
        make_kept(organization)

    # The cities to choose from, the version of all content, the parties, the promises.
    with django_assert_num_queries(4):
        client.get("/en/partners/network/")


@pytest.mark.usefixtures("large")
def test_large_network_reads_its_picture_besides(client, django_assert_num_queries):
    agreement, _ = make_network(3)
    lay_out("", agreement.slug)

    # The version of all content, the agreement, its parties, its promises, the picture.
    with django_assert_num_queries(5):
        client.get("/en/partners/network/", {"agreement": agreement.slug})


def test_network_is_read_once_while_nothing_changes(client, django_assert_num_queries):
    make_network(3)
    client.get("/en/partners/network/")

    # The cities to choose from, the version of all content.
    with django_assert_num_queries(2):
        client.get("/en/partners/network/?sort=name")


def test_network_without_somebody_who_has_no_part_in_it_says_so(client):
    make_network(2)
    stranger = make_organization()

    response = client.get("/en/partners/network/", {"without": stranger.slug})

    assert response.context["finding"] == f"Without {stranger.name_en} nothing changes: it has no part in this network."
    assert len(rows_of(response)) == 2
