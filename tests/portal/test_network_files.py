"""The network of partners as files, and as large as a page cannot draw it at once."""

import codecs
import csv
import io
import json
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


FORMS = ("csv", "csv?bom=1", "xlsx", "json", "parquet")


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def test_network_file_gives_all_figures_and_no_formula(client):
    both = make_bridge()
    make_party(agreement=both.parties.first().agreement, organization=make_organization(name_en="=1+1"))

    content = {form: body(client.get(f"/en/partners/network.{form}")) for form in FORMS}

    row, *others = csv.DictReader(io.StringIO(content["csv"].decode()))
    assert (row["slug"], row["name_en"], row["number"], row["sector"]) == (both.slug, both.name_en, "1", "public")
    assert [row[name] for name in ("kept", "partners", "degree", "betweenness")] == ["0", "5", "2", str(12 / 21)]
    assert "=1+1" in {other["name_en"] for other in others}
    sheet = load_workbook(io.BytesIO(content["xlsx"])).worksheets[0]
    names, *rows = sheet.values
    assert (names[0], names[3], len(rows)) == ("Key", "No.", len(others) + 1)
    assert {cell.data_type for cell in sheet["C"]} == {"s"}
    assert [one["slug"] for one in json.loads(content["json"])] == [cells[0] for cells in rows]
    assert content["csv?bom=1"] == codecs.BOM_UTF8 + content["csv"]
    assert content["parquet"][:4] == b"PAR1"


@pytest.mark.parametrize("form", ["csv?bom=1", "xlsx", "parquet"])
def test_network_file_is_known_again_and_comes_in_parts(client, form):
    make_bridge()
    address = f"/partners/network.{form}"
    whole = client.get(address)
    content = body(whole)

    again = client.get(address, headers={"If-None-Match": whole["ETag"]})
    part = client.get(address, headers={"Range": "bytes=2-5"})
    beyond = client.get(address, headers={"Range": "bytes=9999999-"})
    head = client.head(address)

    assert [answer.status_code for answer in (again, part, beyond, head)] == [304, 206, 416, 200]
    assert (body(part), head["Content-Length"], head["Content-Disposition"]) == (
        content[2:6],
        str(len(content)),
        f'attachment; filename="all-network.{form.partition("?")[0]}"',
    )
    assert head["Link"] == '<http://localhost:8000/partners/network/>; rel="cite-as"'


@pytest.mark.parametrize("form", ["geojson", "pdf", "xlsx-en"])
def test_network_comes_in_no_other_kind_of_file(client, form):
    assert client.get(f"/partners/network.{form}").status_code == 404


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
