"""Requests that another site makes a signed-in person's browser send, and hosts that a stranger makes up."""

import itertools

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from tests.factories.accounts import make_user
from tests.factories.opendata import make_dataset, make_version

pytestmark = pytest.mark.django_db
SAMPLES = {"int": "1", "slug": "a", "str": "a", "path": "a", "uuid": "00000000-0000-0000-0000-000000000000"}
# What programs ask by a body, as their standards say; nothing is changed there, and no cookie is looked at.
ASKED_BY_A_BODY = {"ckan-action", "oai"}
EVIL = "evil.example.net"
ELSEWHERE = dict.fromkeys(
    ("X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "Forwarded", "Origin"), EVIL
) | {
    "Forwarded": f"host={EVIL}",
    "X-Forwarded-Port": "6666",
    "X-Original-URL": f"https://{EVIL}/",
    "Referer": f"https://{EVIL}/",
}


def caught(request, reason=""):
    return HttpResponse(status=418)


def patterns(resolver, before=""):
    """Return every address of the site with its view."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield one, route
        else:
            yield from patterns(one, route)


def example(one, route):
    """Return an address that a pattern matches, as far as its parts are of kinds that we know."""
    for name, converter in one.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for said in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(said, SAMPLES.get(kind, "a"))
    return f"/{route}"


def is_exempt(one):
    return getattr(one.callback, "csrf_exempt", False)


def test_only_what_needs_no_session_takes_requests_without_a_token(client):
    exempt = [(one.name, example(one, route)) for one, route in patterns(get_resolver()) if is_exempt(one)]

    # All others are for reading only, or know nobody whose letter does not say so.
    assert {name for name, address in exempt if client.post(address).status_code not in {404, 405}} == ASKED_BY_A_BODY


def test_no_other_site_changes_anything_in_the_name_of_who_is_signed_in(settings):
    settings.CSRF_FAILURE_VIEW = f"{__name__}.caught"
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())

    addresses = {
        address
        for one, route in patterns(get_resolver())
        if not is_exempt(one) and "<" not in (address := example(one, route)) and "(" not in address
    }
    answers = {
        (address, method): getattr(client, method)(address, headers={"Origin": "https://evil.example.net"}).status_code
        for address, method in itertools.product(addresses, ("post", "put", "patch", "delete"))
    }

    assert (
        len([address for (address, _method), status in answers.items() if "/workspace/" in address and status == 418])
        > 200
    )
    assert {asked: status for asked, status in answers.items() if status not in {404, 418}} == {}


@pytest.mark.parametrize(
    "path",
    ["/", "/data/", "/data/pupils/", "/catalog.ttl", "/data/pupils.jsonld", "/data/pupils/croissant.json", "/oai?verb=Identify",
     "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/ogc/", "/ogc/collections", "/api/v1/openapi.json", "/api/v1/datasets",
     "/api/3/action/package_show?id=pupils", "/data/pupils/1/datapackage.json", "/sitemap.xml", "/robots.txt",
     "/data/changes.atom", "/conformance/"],
)  # fmt: skip
def test_addresses_in_answers_are_those_of_the_site_whatever_a_stranger_says(client, path):
    make_version(dataset=make_dataset(slug="pupils"))

    answer = client.get(path, headers={"Host": "localhost:6666", **ELSEWHERE})
    text = b"".join(answer) if answer.streaming else answer.content

    assert answer.status_code == 200
    assert [word for word in (EVIL.encode(), b"6666") if word in text] == []
    assert [value for value in answer.headers.values() if EVIL in value or "6666" in value] == []


@pytest.mark.parametrize(
    "host", [EVIL, f"localhost@{EVIL}", f"localhost,{EVIL}", "localhost/", "localhost\\", "", "[::ffff:127.0.0.1]"]
)
def test_host_that_is_not_ours_is_refused(client, host):
    assert client.get("/catalog.ttl", headers={"Host": host}).status_code == 400
