"""What other programs speak, and where it is spoken here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Interface:
    """An interface that other software knows already."""

    name: str
    path: str
    about: str | Promise


OTHERS = (
    Interface("CKAN", "/api/3/action/package_search", _("for clients and harvesters of CKAN, such as data.go.th")),
    Interface("DCAT-AP 3", "/catalog.ttl", _("the catalog as Turtle, JSON-LD and RDF/XML")),
    Interface("OAI-PMH 2.0", "/oai?verb=Identify", _("for libraries and catalogs that harvest")),
    Interface("SDMX-CSV 2.0", "/data/sdmx.csv", _("every number of every indicator, for statistics programs")),
    Interface("OGC API Features", "/ogc/", _("cities and places for maps")),
    Interface("Atom", "/data/changes.atom", _("what is new, changed or withdrawn, for feed readers")),
    Interface("Data Package 2", "/data/datapackage.zip", _("everything in one file")),
)
