"""Datasets as DCAT-AP 3 says them, so that the shapes of 3.0.1 and of 2.1.1 find nothing wrong.

The two contradict each other in two places: the type of ``dcat:byteSize``, and whether a checksum may be anything but
SHA-1. Without a profile the catalog therefore leaves out the size and the class of the checksum; who asks for one of
the two gets all that it knows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from enum import StrEnum

from django.conf import settings
from django.utils.encoding import iri_to_uri
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS as DCT, FOAF, OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from learningcity.common.text import LocalText
from learningcity.common.thai.words import clean
from learningcity.interfaces.exports import dcat_words as words
from learningcity.interfaces.exports.dcat_words import ADMS, DCAT, HYDRA, SPDX, VCARD
from learningcity.opendata.enums import LICENSE_TEXTS, Coverage, DataType, License
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import NETWORK, Entry, Offer, Owner

# Places that lie in no country.
BEYOND = {Coverage.NONE, Coverage.WORLD, Coverage.CONTINENT, Coverage.ECONOMIC_GROUP, Coverage.UNKNOWN, Coverage.OTHER}


class Profile(StrEnum):
    """For whom it is written (the argument ``_profile``)."""

    BOTH = ""
    AP2 = "dcatap2"
    AP3 = "dcatap3"


def empty_graph() -> Graph:
    """Return a graph that knows the short names of our vocabularies and no others."""
    graph = Graph(bind_namespaces="none")
    named = {"dcat": DCAT, "dct": DCT, "foaf": FOAF, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
    named |= {"adms": ADMS, "hydra": HYDRA, "spdx": SPDX, "vcard": VCARD}
    for prefix, namespace in named.items():
        graph.bind(prefix, namespace)
    return graph


def here(path: str) -> URIRef:
    """Return the address of something on this site."""
    return URIRef(f"{settings.SITE_URL}{path}")


def address(url: str) -> URIRef:
    """Return an address of the world as RDF takes it, whatever somebody typed."""
    return URIRef(iri_to_uri(url))


def say(graph: Graph, about: Node, word: URIRef, text: LocalText) -> None:
    """Say a text in the languages in which it exists."""
    for language, said in (("th", text.th), ("en", text.en)):
        if said:
            graph.add((about, word, Literal(clean(said), lang=language)))


def point(graph: Graph, about: Node, word: URIRef, there: tuple[Node, URIRef]) -> Node:
    """Point at something, and say of which class it is: strict readers ask for it."""
    node, kind = there
    graph.add((about, word, node))
    graph.add((node, RDF.type, kind))
    return node


def unnamed(about: Node, word: URIRef) -> BNode:
    """Return what has no address of its own, under a label that every process gives it: the same data are the same bytes."""
    return BNode(f"b{hashlib.sha256(f'{about} {word}'.encode()).hexdigest()[:16]}")


def moment(at: dt.datetime) -> Literal:
    return Literal(at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime)


def add_entry(graph: Graph, entry: Entry, profile: Profile) -> URIRef:
    """Say all of a dataset, and return its address."""
    dataset, node = entry.dataset, here(entry.path)
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCT.identifier, Literal(str(dataset.uid))))
    say(graph, node, DCT.title, dataset.title)
    say(graph, node, DCT.description, dataset.notes or dataset.title)
    for language, keywords in (("th", dataset.keywords_th), ("en", dataset.keywords_en)):
        for keyword in filter(None, map(clean, keywords)):
            graph.add((node, DCAT.keyword, Literal(keyword, lang=language)))
    graph.add((node, DCT.issued, moment(dataset.created_at)))
    graph.add((node, DCT.modified, moment(dataset.changed_at)))
    point(graph, node, DCT.accessRights, (words.PUBLIC, DCT.RightsStatement))
    point(graph, node, DCT.accrualPeriodicity, (words.frequency(dataset.rhythm, dataset.interval), DCT.Frequency))
    if kind := words.TYPES.get(DataType(dataset.data_type)):
        graph.add((node, DCT.type, URIRef(f"{words.AUTHORITY}/dataset-type/{kind}")))
    if dataset.publication:
        # What the platform itself knows is about learning; what others bring may be about anything.
        graph.add((node, DCAT.theme, words.EDUCATION))
    add_license(graph, node, dataset)
    point(graph, node, DCAT.landingPage, (here(entry.path), FOAF.Document))
    if dataset.landing_page:
        point(graph, node, FOAF.page, (address(dataset.landing_page), FOAF.Document))
    graph.add((node, DCT.publisher, add_owner(graph, entry.owner)))
    add_contact(graph, node, dataset)
    add_place_and_time(graph, node, entry)
    if dataset.origin:
        origin = point(graph, node, DCT.provenance, (unnamed(node, DCT.provenance), DCT.ProvenanceStatement))
        say(graph, origin, RDFS.label, dataset.origin)
    if entry.version:
        number = Literal(str(entry.version.number))
        graph.add((node, DCAT.version, number))
        graph.add((node, OWL.versionInfo, number))
        say(graph, node, ADMS.versionNotes, entry.version.note)
    for offer in entry.offers:
        graph.add((node, DCAT.distribution, add_offer(graph, entry, offer, profile)))
    if dataset.publication == "observations":
        graph.add((node, DCAT.distribution, add_sdmx(graph, entry)))
    return node


def add_sdmx(graph: Graph, entry: Entry) -> URIRef:
    """Say that the numbers of all indicators come for statisticians too."""
    node = here(f"{entry.path}#sdmx")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCT.title, Literal("SDMX-CSV 2.0", lang="en")))
    file = point(graph, node, DCAT.accessURL, (here("/data/sdmx.csv"), RDFS.Resource))
    graph.add((node, DCAT.downloadURL, file))
    point(graph, node, DCT["format"], (words.file_type("csv"), DCT.MediaTypeOrExtent))
    point(graph, node, DCAT.mediaType, (words.media_type("application/vnd.sdmx.data+csv"), DCT.MediaType))
    point(graph, node, DCT.conformsTo, (URIRef("https://github.com/sdmx-twg/sdmx-csv"), DCT.Standard))
    add_license(graph, node, entry.dataset)
    return node


def add_license(graph: Graph, about: URIRef, dataset: Dataset) -> None:
    """Say what may be done with it: of the dataset as DCAT has it, and of each file as DCAT-AP asks."""
    if text := LICENSE_TEXTS.get(License(dataset.license)):
        point(graph, about, DCT.license, (URIRef(text), DCT.LicenseDocument))


def add_owner(graph: Graph, owner: Owner) -> URIRef:
    """Say who publishes, and return their address."""
    path = "/" if owner.slug == NETWORK else f"/cities/{owner.slug}/"
    node = here(f"{path}#publisher")
    graph.add((node, RDF.type, FOAF.Agent))
    say(graph, node, FOAF.name, owner.name)
    point(graph, node, FOAF.homepage, (here(path), FOAF.Document))
    return node


def add_contact(graph: Graph, node: URIRef, dataset: Dataset) -> None:
    contact = point(graph, node, DCAT.contactPoint, (unnamed(node, DCAT.contactPoint), VCARD.Organization))
    say(graph, contact, VCARD.fn, dataset.maintainer)
    graph.add((contact, VCARD.hasEmail, address(f"mailto:{dataset.maintainer_email}")))


def add_place_and_time(graph: Graph, node: URIRef, entry: Entry) -> None:
    dataset = entry.dataset
    if dataset.place and entry.owner.slug != NETWORK:
        place = point(graph, node, DCT.spatial, (here(f"/cities/{entry.owner.slug}/#place"), DCT.Location))
        say(graph, place, SKOS.prefLabel, entry.owner.name)
    elif Coverage(dataset.coverage) not in BEYOND:
        point(graph, node, DCT.spatial, (words.THAILAND, DCT.Location))
    if dataset.first_year or dataset.last_year:
        period = point(graph, node, DCT.temporal, (unnamed(node, DCT.temporal), DCT.PeriodOfTime))
        for word, year in ((DCAT.startDate, dataset.first_year), (DCAT.endDate, dataset.last_year)):
            if year:
                graph.add((period, word, Literal(f"{year:04}", datatype=XSD.gYear)))


def add_offer(graph: Graph, entry: Entry, offer: Offer, profile: Profile) -> URIRef:
    """Say all of one file, and return its address among those of the dataset."""
    node = here(f"{entry.path}#{offer.uid}")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCT.identifier, Literal(str(offer.uid))))
    say(graph, node, DCT.title, offer.title or entry.dataset.title)
    file = point(graph, node, DCAT.accessURL, (here(offer.path), RDFS.Resource))
    graph.add((node, DCAT.downloadURL, file))
    point(graph, node, DCAT.mediaType, (words.media_type(offer.media_type), DCT.MediaType))
    point(graph, node, DCT["format"], (words.file_type(offer.format), DCT.MediaTypeOrExtent))
    add_license(graph, node, entry.dataset)
    if offer.made_at:
        graph.add((node, DCT.issued, moment(offer.made_at)))
        graph.add((node, DCT.modified, moment(offer.made_at)))
    if offer.size is not None and profile != Profile.BOTH:
        kind = XSD.decimal if profile == Profile.AP2 else XSD.nonNegativeInteger
        graph.add((node, DCAT.byteSize, Literal(str(offer.size), datatype=kind)))
    if offer.sha256 and profile != Profile.AP2:
        checksum = here(f"{entry.path}#sha256-{offer.sha256}")
        graph.add((node, SPDX.checksum, checksum))
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, SPDX.checksumValue, Literal(offer.sha256, datatype=XSD.hexBinary, normalize=False)))
        if profile == Profile.AP3:
            graph.add((checksum, RDF.type, SPDX.Checksum))
    return node
