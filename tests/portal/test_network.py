"""The network of partners: picture, table, file, and what breaks without somebody."""

import csv
import io
import re

import pytest
from django.urls import reverse

from learningcity.partners.models import NetworkPicture
from learningcity.partners.queries.network import pictures
from learningcity.partners.tasks.network import lay_out
from tests.factories.cities import make_city
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
    first, (both, *_) = make_network(3)
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
