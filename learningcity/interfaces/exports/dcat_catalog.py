"""The catalog of everything, page by page, and one dataset alone with its versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS as DCT, FOAF, RDF, RDFS, XSD

from learningcity.common.text import LocalText
from learningcity.interfaces.exports import dcat_words as words
from learningcity.interfaces.exports.dcat import (
    Profile,
    add_entry,
    add_owner,
    address,
    empty_graph,
    here,
    moment,
    point,
    say,
)
from learningcity.interfaces.exports.dcat_words import ADMS, DCAT, HYDRA
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import NETWORK, Entry, Owner, public_versions

# The interfaces under which the same data can be asked, with what describes each of them.
SERVICES = (
    ("/api/v1/", "/api/v1/openapi.json", LocalText("API ของแพลตฟอร์ม", "API of the platform")),
    ("/api/3/action/", "https://docs.ckan.org/en/2.10/api/", LocalText("API แบบ CKAN", "API in the words of CKAN")),
    ("/oai", "http://www.openarchives.org/OAI/openarchivesprotocol.html", LocalText("OAI-PMH 2.0", "OAI-PMH 2.0")),
    ("/ogc/", "/ogc/api", LocalText("OGC API - Features", "OGC API - Features")),
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the catalog, and the addresses of its neighbors."""

    entries: list[Entry]
    total: int
    size: int
    changed_at: dt.datetime | None
    url: str
    first: str
    # Empty on the last page.
    next: str


def catalog_page(page: Page, profile: Profile) -> Graph:
    """Return a page of the catalog: a whole catalog by itself, that says where the next page is."""
    graph, node = empty_graph(), here("/data/#catalog")
    name = LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN)
    graph.add((node, RDF.type, DCAT.Catalog))
    say(graph, node, DCT.title, name)
    say(graph, node, DCT.description, words.NOTES)
    graph.add((node, DCT.publisher, add_owner(graph, Owner(NETWORK, name))))
    point(graph, node, FOAF.homepage, (here("/data/"), FOAF.Document))
    point(graph, node, DCT.spatial, (words.THAILAND, DCT.Location))
    for language in words.SPOKEN:
        point(graph, node, DCT.language, (language, DCT.LinguisticSystem))
    if page.changed_at:
        graph.add((node, DCT.modified, moment(page.changed_at)))
    for path, described, title in SERVICES:
        service = point(graph, node, DCAT.service, (here(f"{path}#service"), DCAT.DataService))
        say(graph, service, DCT.title, title)
        point(graph, service, DCAT.endpointURL, (here(path), RDFS.Resource))
        there = here(described) if described.startswith("/") else address(described)
        point(graph, service, DCAT.endpointDescription, (there, RDFS.Resource))
    for entry in page.entries:
        graph.add((node, DCAT.dataset, add_entry(graph, entry, profile)))
    add_paging(graph, page)
    return graph


def add_paging(graph: Graph, page: Page) -> None:
    """Say where the page stands: in the words of hydra, and in those that harvesters learned before they changed."""
    node = URIRef(page.url)
    graph.add((node, RDF.type, HYDRA.PartialCollectionView))
    graph.add((node, RDF.type, HYDRA.PagedCollection))
    for word, number in ((HYDRA.totalItems, page.total), (HYDRA.itemsPerPage, page.size)):
        graph.add((node, word, Literal(number, datatype=XSD.integer)))
    for words_for_it, url in (((HYDRA.first, HYDRA.firstPage), page.first), ((HYDRA.next, HYDRA.nextPage), page.next)):
        for word in words_for_it if url else ():
            graph.add((node, word, URIRef(url)))


def dataset_graph(entry: Entry, profile: Profile) -> Graph:
    """Return one dataset as it is now, with the addresses of all its versions."""
    graph = empty_graph()
    node = add_entry(graph, entry, profile)
    for number in public_versions(entry.dataset).order_by("number").values_list("number", flat=True):
        graph.add((node, DCAT.hasVersion, here(f"{entry.path}{number}/")))
    if entry.version:
        graph.add((node, DCAT.hasCurrentVersion, here(f"{entry.path}{entry.version.number}/")))
    return graph


def tombstone_graph(dataset: Dataset) -> Graph:
    """Return what is left of a dataset that was withdrawn: that it was there, and why it is gone."""
    graph, node = empty_graph(), here(f"/data/{dataset.slug}/")
    graph.add((node, DCT.identifier, Literal(str(dataset.uid))))
    say(graph, node, DCT.title, dataset.title)
    graph.add((node, ADMS.status, words.WITHDRAWN))
    say(graph, node, RDFS.comment, dataset.reason)
    if dataset.withdrawn_at:
        graph.add((node, DCT.modified, moment(dataset.withdrawn_at)))
    return graph
