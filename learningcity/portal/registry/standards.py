"""The standards that this site claims to speak. For each of them the tests hold a proof (tests/proofs.py)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Standard:
    """One claim: the standard with its version, what is offered in it, and where."""

    name: str
    what: object
    # From the root of the site, without the language; an example where there are many.
    address: str


STANDARDS = (
    Standard(
        "CKAN API 3", _("the catalog and its tables, as the government catalogue asks"), "/api/3/action/package_list"
    ),
    Standard("OpenAPI 3.1", _("the JSON API, described for programs"), "/api/v1/openapi.json"),
    Standard("DCAT-AP 3.0.1", _("the catalog as linked data"), "/catalog.ttl"),
    Standard("DCAT-AP 2.1.1", _("the catalog as linked data, for older catalogs"), "/catalog.ttl"),
    Standard(
        "Data Package 2.0", _("files with what they are and whose they are"), "/data/<dataset>/latest/datapackage.json"
    ),
    Standard("Table Schema 2.0", _("what the columns of a table mean"), "/data/<dataset>/latest/datapackage.json"),
    Standard("GeoJSON (RFC 7946)", _("tables with places, as a map"), "/data/<dataset>/latest/<table>.geojson"),
    Standard("Croissant 1.0", _("tables for those who teach machines"), "/data/<dataset>/croissant.json"),
    Standard("OGC API - Features 1.0", _("places for maps"), "/ogc/"),
    Standard("SDMX-CSV 2.0", _("the numbers of all indicators, for statisticians"), "/data/sdmx.csv"),
    Standard("OAI-PMH 2.0", _("what changed and what went, for libraries and catalogs"), "/oai?verb=Identify"),
)
