"""What our pages say to machines, read by programs and lists of words that others made."""

import io
import json
import re
import warnings

import pytest
from django.conf import settings
from lxml import etree, html
from rdflib import RDF, SDO, Graph

from learningcity.opendata.actions import keep_snapshots
from learningcity.portal.actions.load import load_folder
from tests.factories.library import make_resource
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.proofs import proves

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser

pytestmark = [
    pytest.mark.django_db,
    # rdflib reads JSON-LD with a class of its own that it has given up.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
WORDS = "https://schema.org/"
# Words of schema.org that are newer than the list that rdflib brings.
NEWER = {"StatisticalVariable", "observationAbout"}
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def site(monkeypatch):
    """The real data, with one of each kind that has no row there yet."""
    monkeypatch.setattr("learningcity.portal.actions.load.reindex_all", lambda: None)
    load_folder(settings.ROOT / "data")
    make_resource(slug="sample-resource")
    schema = {"fields": [{"name": "a", "title": "ก", "unit": "คน"}]}
    make_version(dataset=make_dataset(first_year=2019, landing_page="https://x.org/"), parts=[make_part(schema=schema)])


def pages_of(client):
    """Return a page of each kind, and whatever list leads to it."""
    lists = (
        "/cities/",
        "/data/",
        "/indicators/",
        "/library/",
        "/library/places/",
        "/partners/",
        "/agreements/",
        "/practices/",
    )
    yield "/library/sample-resource/"
    for path in ("/", *lists):
        yield path
        root = html.fromstring(client.get(path).content)
        below = [
            link
            for link in root.xpath("//main//a/@href")
            if link.startswith(path) and link.count("/") > path.count("/")
        ]
        yield from below[:3]


def said_in(client, path):
    """Return what a page says in JSON-LD, each as a graph; the one context it names is that of schema.org."""
    answer = client.get(path)
    if "text/html" not in answer["Content-Type"]:
        return
    for text in html.fromstring(answer.content).xpath('//script[@type="application/ld+json"]/text()'):
        said = json.loads(text)
        assert said.pop("@context") == WORDS.rstrip("/")
        yield Graph().parse(data=json.dumps({"@context": {"@vocab": WORDS}, **said}), format="json-ld")


@proves("schema.org", by="rdflib")
def test_pages_use_the_words_of_schema_org_alone(client, site):
    kinds, unknown = set(), set()
    for path in pages_of(client):
        for graph in said_in(client, path):
            kinds |= {str(kind).removeprefix(WORDS) for kind in graph.objects(None, RDF.type)}
            words = {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}
            unknown |= {str(word) for word in words if str(word).removeprefix(WORDS) not in SDO}

    assert {word.removeprefix(WORDS) for word in unknown} == NEWER
    assert kinds >= {
        "City",
        "Dataset",
        "DataCatalog",
        "DataDownload",
        "LearningResource",
        "Organization",
        "PropertyValue",
    }


@proves("schema.org", by="rdflib")
def test_a_dataset_says_what_search_engines_ask_of_it(client, site):
    keep_snapshots()
    (graph,) = said_in(client, "/data/cities/")

    node = next(graph.subjects(RDF.type, SDO.Dataset))
    asked = ("name", "description", "license", "creator", "identifier", "distribution", "includedInDataCatalog", "url")
    assert [word for word in asked if (node, SDO[word], None) not in graph] == []
    assert [text for text in graph.objects(node, SDO.description) if not 50 <= len(text) <= 5000] == []
    for file in graph.objects(node, SDO.distribution):
        assert (file, SDO.contentUrl, None) in graph
        assert (file, SDO.encodingFormat, None) in graph


@proves("Atom (RFC 4287)", by="feedparser")
def test_feeds_are_read_by_a_reader_of_feeds(client, site):
    for path in ("/changes.atom", "/en/changes.atom", "/data/changes.atom", "/en/data/changes.atom"):
        read_feed(client, path)


def read_feed(client, path):
    """Read a feed as readers of news do, and find in it what they show."""
    read = feedparser.parse(io.BytesIO(client.get(path).content), resolve_relative_uris=False)

    assert (read.bozo, read.version, read.feed.language) == (False, "atom10", "en" if path.startswith("/en") else "th")
    assert all(read.feed.get(word) for word in ("id", "title", "updated_parsed", "author", "links"))
    assert read.entries
    for entry in read.entries:
        assert all(entry.get(word) for word in ("id", "title", "updated_parsed", "link", "summary"))
    assert len({entry.id for entry in read.entries}) == len(read.entries)


@proves("Sitemaps 0.9", by="pytest")
@pytest.mark.parametrize("together", [20_000, 50])
def test_sitemap_is_found_and_names_pages_of_ours_each_once(client, site, monkeypatch, together):
    monkeypatch.setattr("learningcity.portal.views.feeds.PAGES_IN_SITEMAP", together)
    (first,) = re.findall(r"^Sitemap: (\S+)$", client.get("/robots.txt").content.decode(), re.MULTILINE)

    pages, waiting = [], [first]
    while waiting:
        content = client.get(waiting.pop().removeprefix(settings.SITE_URL)).content
        root = etree.fromstring(content)
        names = [loc.text for loc in root.findall(f"*/{MAP}loc")]
        assert (
            root.tag in (f"{MAP}urlset", f"{MAP}sitemapindex"),
            len(names) <= 50_000,
            len(content) < 50_000_000,
        ) == (True, True, True)
        (pages if root.tag == f"{MAP}urlset" else waiting).extend(names)

    assert len(pages) == len(set(pages)) > 200
    assert [
        page for page in pages if not page.startswith(f"{settings.SITE_URL}/") or not page.isascii() or len(page) > 2048
    ] == []
    assert {client.get(page.removeprefix(settings.SITE_URL)).status_code for page in pages[:: len(pages) // 20]} == {
        200
    }
