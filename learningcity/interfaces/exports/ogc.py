"""The documents of OGC API - Features, part 1: core (OGC 17-069r4)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from learningcity.interfaces.queries.features import Feature, extent
from learningcity.opendata.registry import Publication

JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CLASSES = [f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")]
NOTES = "Cities and other places of the learning cities / สถานที่ของเมืองแห่งการเรียนรู้"
Document = dict[str, Any]


def address(path: str = "") -> str:
    return f"{settings.SITE_URL}/ogc/{path}"


def link(rel: str, href: str, kind: str, title: str) -> Document:
    return {"rel": rel, "href": href, "type": kind, "title": title}


def landing() -> Document:
    return {
        "title": f"{settings.SITE_NAME_EN} / {settings.SITE_NAME_TH}",
        "description": NOTES,
        "links": [
            link("self", address(), JSON, "This document"),
            link("service-desc", address("api"), OPENAPI, "The definition of the API"),
            link("service-doc", f"{settings.SITE_URL}/en/data/", "text/html", "The catalog, for people"),
            link("conformance", address("conformance"), JSON, "The classes that are implemented"),
            link("data", address("collections"), JSON, "The collections"),
        ],
    }


def conformance() -> Document:
    return {"conformsTo": CLASSES}


def collection_list(publications: list[Publication]) -> Document:
    return {
        "links": [link("self", address("collections"), JSON, "This document")],
        "collections": [collection(one) for one in publications],
    }


def collection(one: Publication) -> Document:
    path = f"collections/{one.name}"
    said: Document = {
        "id": one.name,
        "title": f"{one.title.en} / {one.title.th}",
        "description": f"{one.notes.en} / {one.notes.th}",
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link("self", address(path), JSON, "This document"),
            link("items", address(f"{path}/items"), GEOJSON, "The features"),
        ],
    }
    if box := extent(one):
        said["extent"] = {"spatial": {"bbox": [box], "crs": CRS84}}
    return said


def items(found: list[Feature], said: Document) -> Document:
    """Return a page of features; ``said`` holds the counts, the time and the links around them."""
    return {"type": "FeatureCollection", **said, "numberReturned": len(found), "features": found}


def item(one: Publication, feature: Feature) -> Document:
    path = f"collections/{one.name}"
    links = [
        link("self", address(f"{path}/items/{feature['id']}"), GEOJSON, "This feature"),
        link("collection", address(path), JSON, "The collection"),
    ]
    return {**feature, "links": links}


def problem(status: int, reason: str) -> Document:
    return {
        "code": {400: "InvalidParameterValue", 404: "NotFound", 429: "TooManyRequests"}[status],
        "description": reason,
    }
