"""The standards that this site claims to speak. For each of them the tests hold a proof (tests/proofs.py)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Standard:
    """One claim: the standard with its version, what it is good for, and where it is spoken."""

    name: str
    # One sentence for somebody who has never heard of it.
    purpose: object
    # From the root of the site, without the language; <dataset> and <table> where there are many. Empty for what we read.
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """Standards that the same people need."""

    title: object
    standards: tuple[Standard, ...]


PACKAGE, MAP = "/data/<dataset>/latest/datapackage.json", "/data/<dataset>/latest/<table>.geojson"
GROUPS = (
    Group(
        _("For catalogs and libraries that take our data over"),
        (
            Standard(
                "CKAN API 3",
                _(
                    "The government catalogue, and every portal that runs on CKAN, can list our datasets and ask their tables."
                ),
                "/api/3/action/package_list",
            ),
            Standard(
                "DCAT-AP 3.0.1",
                _("Catalogs in Europe and elsewhere can list our datasets, with license, contact and files."),
                "/catalog.ttl",
            ),
            Standard(
                "DCAT-AP 2.1.1",
                _("The same for catalogs that know only the edition before."),
                "/catalog.ttl?_profile=dcatap2",
            ),
            Standard(
                "OAI-PMH 2.0",
                _("Libraries and archives learn what is new, what changed and what was withdrawn."),
                "/oai?verb=Identify",
            ),
        ),
    ),
    Group(
        _("For people who take files away"),
        (
            Standard(
                "Data Package 2.0",
                _("A file says what it is, whose it is and what may be done with it, wherever it is taken."),
                PACKAGE,
            ),
            Standard("Table Schema 2.0", _("Every column says what it means and what stands in it."), PACKAGE),
            Standard("GeoJSON (RFC 7946)", _("Tables with places can be laid on any map."), MAP),
            Standard(
                "SDMX-CSV 2.0",
                _("Statistical offices can read the numbers of all indicators with their keys."),
                "/data/sdmx.csv",
            ),
            Standard(
                "Croissant 1.0",
                _("Those who teach machines with data find the tables and load them as they are meant."),
                "/data/<dataset>/croissant.json",
            ),
        ),
    ),
    Group(
        _("For programs that ask us"),
        (
            Standard(
                "OpenAPI 3.1",
                _("A programmer, or a program, sees what can be asked and what comes back."),
                "/api/v1/openapi.json",
            ),
            Standard("OGC API - Features 1.0", _("Map programs such as QGIS can ask for places."), "/ogc/"),
        ),
    ),
    Group(
        _("For search engines and readers of news"),
        (
            Standard(
                "schema.org",
                _("Search engines understand what a page tells, and find datasets as datasets."),
                "/data/<dataset>/",
            ),
            Standard("Sitemaps 0.9", _("Search engines find every page, in both languages."), "/sitemap.xml"),
            Standard(
                "Atom (RFC 4287)", _("A reader of news tells you what is new, without an account."), "/changes.atom"
            ),
        ),
    ),
    Group(
        _("For what we take over from others"),
        (
            Standard(
                "CKAN API 3, DCAT, OAI-PMH (harvesting)",
                _(
                    "We take over what other authorities publish: nothing twice, nothing lost, and nothing without a license."
                ),
                "",
            ),
            Standard(
                "robots.txt (RFC 9309)",
                _("We fetch no file that its owner forbids to programs, and wait as long as asked."),
                "",
            ),
        ),
    ),
)
STANDARDS = tuple(standard for group in GROUPS for standard in group.standards)
# What the programs that prove them are, for people who do not know their names.
TOOLS = {
    "ckanapi": _("reads catalogs with CKAN; by the makers of CKAN"),
    "feedparser": _("reads feeds"),
    "frictionless": _("checks Data Packages row by row; by the makers of the standard"),
    "geojson-pydantic": _("checks GeoJSON"),
    "jsonschema": _("holds files against the schemas of the standard"),
    "lxml": _("holds answers against the schemas of the standard"),
    "mlcroissant": _("loads Croissant; by the makers of the standard"),
    "oaipmh-scythe": _("harvests archives"),
    "owslib": _("asks map servers"),
    "pyshacl": _("holds catalogs against the rules (SHACL) of the standard"),
    "pytest": _("our own tests, rule by rule of the standard"),
    "rdflib": _("reads linked data; knows every word of schema.org"),
    "schemathesis": _("asks everything that the document promises, and much that it does not"),
    "sdmx1": _("reads statistics for researchers"),
    "sickle": _("harvests archives"),
}
