"""A catalog in DCAT, as Turtle, JSON-LD or RDF/XML, page by page."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS as DCT, FOAF, RDF, RDFS, Namespace
from rdflib.term import Node

from learningcity.common.addresses import NotFetched, Obstacle
from learningcity.common.fetching import Answer
from learningcity.common.foreign import read_json, read_xml
from learningcity.common.text import language_of
from learningcity.harvest.enums import Reason
from learningcity.harvest.models import LONGEST_ID
from learningcity.harvest.tasks.licenses import license_from
from learningcity.harvest.tasks.listing import Asking, Page
from learningcity.harvest.tasks.marks import marks_of
from learningcity.harvest.tasks.remote import (
    Remote,
    RemoteFile,
    email_of,
    keywords_of,
    notes_of,
    text_of,
    web_address,
    year_of,
)
from learningcity.opendata.enums import Rhythm

DCAT = Namespace("http://www.w3.org/ns/dcat#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, */*;q=0.1"
NEXT = re.compile(r'<([^<>]+)>\s*;[^,<>]*\brel="?next"?')
MOST_PAGES = 1_000
# The last part of an address of the EU's lists says which: .../frequency/ANNUAL, .../file-type/CSV
FREQUENCIES = {
    "ANNUAL": Rhythm.YEAR,
    "ANNUAL_2": Rhythm.HALF_YEAR,
    "QUARTERLY": Rhythm.QUARTER,
    "MONTHLY": Rhythm.MONTH,
    "WEEKLY": Rhythm.WEEK,
    "DAILY": Rhythm.DAY,
    "HOURLY": Rhythm.HOUR,
    "UPDATE_CONT": Rhythm.LIVE,
    "CONT": Rhythm.LIVE,
    "NEVER": Rhythm.NEVER,
    "IRREG": Rhythm.OTHER,
}
# What rdflib finds odd in the values of others is not for our log.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


def page(asking: Asking, cursor: dict[str, Any]) -> Page:
    """Return a page of the catalog; where it is the only one and did not change, nothing."""
    address, number = cursor.get("next") or asking.address, cursor.get("number", 0)
    seen: dict[str, Any] = (
        {} if cursor else {mark: asking.memory[mark] for mark in ("etag", "last_modified") if mark in asking.memory}
    )
    asked = {"Accept": ACCEPT}
    asked |= {"If-None-Match": seen["etag"]} if "etag" in seen else {}
    asked |= {"If-Modified-Since": seen["last_modified"]} if "last_modified" in seen else {}
    answer = asking.fetcher.get_document(address, asked)
    if answer.status == 304:
        return Page(learned=seen)
    if answer.status != 200:
        raise NotFetched(Obstacle.STATUS, str(answer.status))
    graph = graph_of(answer)
    records = [record_of(graph, node, asking) for node in datasets_of(graph)]
    following, read = next_page(graph, answer), cursor.get("read", 0) + len(records)
    if following and following != address and number < MOST_PAGES:
        return Page(records=records, cursor={"next": following, "number": number + 1, "read": read})
    # A mark of the first page says nothing of the others.
    marks = {"etag": answer.headers.get("etag", ""), "last_modified": answer.headers.get("last-modified", "")}
    learned: dict[str, Any] = {} if number else {name: mark[:200] for name, mark in marks.items() if mark}
    is_whole = read >= total_of(graph)
    return Page(records=records, is_whole=is_whole, learned=learned if is_whole else {})


def total_of(graph: Graph) -> int:
    """Return how many records there are, where the list says so: one that moved meanwhile may have passed some over."""
    total = next(graph.objects(None, HYDRA.totalItems), None)
    return int(total.value) if isinstance(total, Literal) and isinstance(total.value, int) else 0


def graph_of(answer: Answer) -> Graph:
    """Return what a document says; nothing that it names is fetched.

    :raises NotFetched: if it is none of the three forms, or asks for something from elsewhere.
    """
    content = answer.read()
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        refuse_foreign_context(read_json(content))
        form = "json-ld"
    elif start.startswith((b"<?xml", b"<rdf:RDF", b"<!--", b"<!DOCTYPE", b"<!doctype")):
        # Only to see that there is nothing evil in it: what reads it for us would take entities.
        read_xml(content)
        form = "xml"
    else:
        form = "turtle"
    try:
        return Graph().parse(data=content.decode("utf-8-sig"), format=form, publicID=answer.address)
    except Exception as problem:
        # Its readers raise whatever they stumble over.
        raise NotFetched(Obstacle.CONTENT, form) from problem


def refuse_foreign_context(said: Any) -> None:
    """Do nothing for a JSON-LD document that explains its words itself.

    :raises NotFetched: if it leaves that to another address: what reads it for us would fetch that.
    """
    waiting = [said]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            contexts = value.get("@context", [])
            for context in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
                    raise NotFetched(Obstacle.CONTENT, "@context")
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def datasets_of(graph: Graph) -> list[URIRef]:
    """Return the datasets of a catalog in a fixed order; old versions of one are none of their own."""
    versions = set(graph.objects(None, DCAT.hasVersion)) | set(graph.objects(None, DCT.hasVersion))
    found = {node for node in graph.subjects(RDF.type, DCAT.Dataset) if isinstance(node, URIRef)}
    return sorted(found - versions)


def next_page(graph: Graph, answer: Answer) -> str:
    """Return where the next page stands: in the words of hydra, or in the header."""
    for word in (HYDRA.next, HYDRA.nextPage):
        for node in graph.objects(None, word):
            return str(node)
    found = NEXT.search(answer.headers.get("link", ""))
    return found[1] if found else ""


def record_of(graph: Graph, node: URIRef, asking: Asking) -> Remote:
    """Return a dataset in our words."""
    distributions = list(graph.objects(node, DCAT.distribution))
    licenses = [
        *graph.objects(node, DCT.license),
        *(one for each in distributions for one in graph.objects(each, DCT.license)),
    ]
    license_, refusal, detail = license_from(list(dict.fromkeys(map(str, licenses))), asking.license)
    titles = texts(graph, node, DCT.title, "title")
    publisher = next(graph.objects(node, DCT.publisher), None)
    contact = next(graph.objects(node, DCAT.contactPoint), None)
    origins = texts(graph, publisher, FOAF.name, "origin")
    for provenance in graph.objects(node, DCT.provenance):
        origins = texts(graph, provenance, RDFS.label, "origin") or origins
    rights = [str(each) for each in graph.objects(node, DCT.accessRights)]
    return Remote(
        id=text_of(str(node), LONGEST_ID),
        name=text_of(str(next(graph.objects(node, DCT.identifier), "")), LONGEST_ID),
        modified=text_of(str(next(graph.objects(node, DCT.modified), "")), 40),
        refusal=Reason.NOT_PUBLIC
        if any(not right.endswith("/PUBLIC") for right in rights)
        else refusal
        if titles
        else Reason.NO_TITLE,
        detail=detail,
        license=license_,
        **titles,
        **texts(graph, node, DCT.description, "notes"),
        **keywords_of(str(word) for word in sorted(graph.objects(node, DCAT.keyword), key=str)),
        **origins,
        **{name: text[:200] for name, text in texts(graph, contact, VCARD.fn, "maintainer").items()},
        maintainer_email=mail_of(graph, contact),
        rhythm=rhythm_of(graph, node),
        **years_of(graph, node),
        landing_page=page_of(graph, node),
        marks=marks_of([str(node), *map(str, graph.objects(node, DCT.identifier))]),
        hints=marks_of(str(page) for word in (DCAT.landingPage, FOAF.page) for page in graph.objects(node, word)),
        files=tuple(files_of(graph, sorted(distributions, key=str))),
    )


def texts(graph: Graph, node: Node | None, word: URIRef, name: str) -> dict[str, Any]:
    """Return a text in the languages in which it stands; one without a language in that of its letters."""
    found: dict[str, str] = {}
    for said in sorted(graph.objects(node, word), key=str) if node is not None else []:
        if isinstance(said, Literal):
            text = (notes_of if name == "notes" else text_of)(str(said))
            language = (said.language or "")[:2].lower()
            if text:
                found.setdefault(f"{name}_{language if language in ('th', 'en') else language_of(text)}", text)
    return found


def mail_of(graph: Graph, contact: Node | None) -> str:
    found = next(graph.objects(contact, VCARD.hasEmail), "") if contact is not None else ""
    return email_of(str(found).removeprefix("mailto:"))


def rhythm_of(graph: Graph, node: URIRef) -> str:
    found = str(next(graph.objects(node, DCT.accrualPeriodicity), ""))
    return FREQUENCIES.get(found.rpartition("/")[2].upper(), Rhythm.UNKNOWN).value


def years_of(graph: Graph, node: URIRef) -> dict[str, Any]:
    """Return the first and the last year of which a dataset speaks."""
    for period in graph.objects(node, DCT.temporal):
        first = year_of(str(next(graph.objects(period, DCAT.startDate), "")))
        last = year_of(str(next(graph.objects(period, DCAT.endDate), "")))
        return {} if first and last and last < first else {"first_year": first, "last_year": last}
    return {}


def page_of(graph: Graph, node: URIRef) -> str:
    """Return the page about a dataset: the one it names, or its own address."""
    return web_address(str(next(graph.objects(node, DCAT.landingPage), ""))) or web_address(str(node))


def files_of(graph: Graph, distributions: list[Node]) -> Iterator[RemoteFile]:
    """Return the files of a dataset that can be fetched directly."""
    for each in distributions:
        address = web_address(str(next(graph.objects(each, DCAT.downloadURL), "")), 1_000)
        if address:
            kind = next(graph.objects(each, DCT["format"]), None) or next(graph.objects(each, DCAT.mediaType), "")
            title = texts(graph, each, DCT.title, "title")
            name = title.get("title_th") or title.get("title_en", "")
            yield RemoteFile(address, name, text_of(str(kind).rpartition("/")[2], 40).lower())
