"""The network of partners as files, and as large as a page cannot draw it at once."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from learningcity.partners.models import NetworkPicture
from learningcity.partners.queries.network import pictures
from learningcity.partners.tasks.network import lay_out
from tests.factories.networks import make_bridge, make_network
from tests.factories.partners import make_organization, make_party

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+)"><title>([^<]+)</title>')


@pytest.fixture
def large(monkeypatch):
    """Make every network a large one, which waits for the worker."""
    monkeypatch.setattr(pictures, "SMALL", 1)
    monkeypatch.setattr("learningcity.portal.views.network.SMALL", 1)


@pytest.mark.usefixtures("large")
def test_large_network_shows_its_table_while_the_picture_waits_for_the_worker(client):
    make_network(3)

    waiting = client.get("/en/partners/network/")
    lay_out("", "")
    ready = client.get("/en/partners/network/")

    assert "The picture is being drawn" in waiting.content.decode()
    assert waiting["Cache-Control"] == "no-store"
    assert len(waiting.context["table"].rows) == 3
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
    both = make_bridge()
    make_party(agreement=both.parties.first().agreement, organization=make_organization(name_en="=cmd|' /C calc'!A0"))

    response = client.get("/en/partners/network.csv")

    content = b"".join(response.streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[1][:8] == [both.name_th, both.name_en, "1", "public sector", "0", "5", "2", str(12 / 21)]
    assert {row[1][0] for row in rows[2:]} == {"O", "'"}
    assert len({len(row) for row in rows}) == 1


def test_network_xlsx_gives_the_same_rows(client):
    make_bridge()

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


@pytest.mark.usefixtures("large")
def test_large_network_reads_its_picture_besides(client, django_assert_num_queries):
    agreement, _ = make_network(3)
    lay_out("", agreement.slug)

    # The version of all content, the agreement, its parties, its promises, the picture.
    with django_assert_num_queries(5):
        client.get("/en/partners/network/", {"agreement": agreement.slug})
