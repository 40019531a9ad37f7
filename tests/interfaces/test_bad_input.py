"""Whatever stands in the place of an argument, the answer is one that the standard knows, and never a fault of ours."""

import pytest
from django.test import Client

from tests.factories.opendata import make_dataset, make_version

pytestmark = pytest.mark.django_db
NASTY = (
    "' OR 1=1; DROP TABLE opendata_dataset; --",
    "-1",
    "9" * 400,
    "1e999",
    "NaN",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%",
    "ก" * 300,
    "\u202e\u0b0b\uffff",
    "{}[]\\\"'",
    "\x0b\x1f",
    "",
)
ADDRESSES = {
    "/catalog.ttl": ("after", "page", "_profile", "other"),
    "/data/pupils.jsonld": ("_profile", "other"),
    "/data/pupils/croissant.json": ("version",),
    "/data/sdmx.csv": ("rows",),
    "/data/changes.atom": ("page",),
    "/conformance/": ("page",),
    "/ogc/": ("f",),
    "/ogc/collections": ("f",),
    "/ogc/collections/cities/items": ("bbox", "limit", "datetime", "after", "f"),
    "/oai": ("verb", "identifier", "set", "from"),
    "/oai?verb=ListRecords&metadataPrefix=oai_dc": ("set", "from", "until", "resumptionToken"),
    "/oai?verb=ListRecords": ("resumptionToken", "metadataPrefix"),
    "/oai?verb=GetRecord&metadataPrefix=oai_dc": ("identifier",),
}
PAGES = ("/conformance/", "/data/changes.atom")
KNOWN = {200, 400, 404, 410}


@pytest.mark.parametrize("address", ADDRESSES)
def test_arguments_without_a_meaning_are_answered(client, address):
    make_version(dataset=make_dataset(slug="pupils"))
    path, _mark, query = address.partition("?")
    fixed = dict(pair.split("=") for pair in query.split("&")) if query else {}

    answers = {
        (name, value): client.get(path, {**fixed, name: value}).status_code
        for name in ADDRESSES[address]
        for value in NASTY
    }

    assert {key: status for key, status in answers.items() if status not in KNOWN} == {}


@pytest.mark.parametrize(
    "template", ["/data/{}.ttl", "/data/{}/croissant.json", "/ogc/collections/{}", "/ogc/collections/cities/items/{}"]
)
def test_names_that_nothing_has_are_not_found(client, template):
    statuses = {client.get(template.format(value.replace("%", "%25"))).status_code for value in NASTY if value}

    assert statuses <= {400, 404}


@pytest.mark.parametrize("path", sorted({address.partition("?")[0] for address in ADDRESSES} - {"/oai"}))
def test_nothing_can_be_written(path):
    make_version(dataset=make_dataset(slug="pupils"))
    # As strict with forms as the site is.
    client = Client(enforce_csrf_checks=path not in PAGES)

    assert {getattr(client, method)(path).status_code for method in ("post", "put", "delete", "patch")} == {405}


@pytest.mark.parametrize("query", ["x=%00", "x=%ff", f"x={'x' * 9000}"])
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/action/package_list", 400, '"Bad request - This address'),
        ("/api/3/action/datastore_search", 400, '"Bad request - This address'),
        ("/oai", 200, '<error code="badArgument">This address'),
        ("/ogc/collections", 400, '{"code": "InvalidParameterValue"'),
        ("/catalog.ttl", 400, "This address"),
        ("/data/pupils/croissant.json", 400, "This address"),
    ],
)
def test_what_is_refused_in_front_of_a_standard_is_told_in_its_words(client, path, query, status, said):
    answer = client.get(f"{path}?{query}")

    assert (answer.status_code, "text/html" in answer["Content-Type"]) == (status, False)
    assert said in answer.content.decode()
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_an_address_below_a_standard_that_is_none_is_told_in_its_words(client):
    answer = client.get("/ogc/nothing")

    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


@pytest.mark.parametrize("path", ["/catalog.ttl", "/data/pupils.rdf", "/data/pupils/croissant.json", "/ogc/", "/oai"])
def test_browsers_hear_that_programs_of_other_sites_may_read(client, path):
    answer = client.options(path)

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert {"GET", "HEAD"} <= set(answer["Access-Control-Allow-Methods"].split(", "))
    assert "Authorization" in answer["Access-Control-Allow-Headers"]


def test_no_answer_leads_elsewhere_or_leaves_a_cookie(client):
    make_version(dataset=make_dataset(slug="pupils"))

    answers = [client.get(address) for address in (*ADDRESSES, "/oai/", "/ogc", "/oai?verb=Identify")]

    assert {answer.status_code for answer in answers} == {200}
    assert not client.cookies


@pytest.mark.parametrize("body", ["verb=" + "x" * 3_000_000, "&".join(f"a{number}=1" for number in range(2_000))])
def test_harvester_that_sends_a_book_is_told_in_the_words_of_the_protocol(client, body, caplog):
    answer = client.post("/oai", body, content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, b'code="badArgument"' in answer.content) == (200, True)
    assert caplog.records == []
