"""The definition of our OGC API in OpenAPI 3.0."""

from __future__ import annotations

from typing import Any

from learningcity.interfaces.exports.ogc import CRS84, GEOJSON, JSON, address
from learningcity.interfaces.queries.features import DEFAULT, MOST

Document = dict[str, Any]


def parameter(name: str, where: str, schema: Document, description: str) -> Document:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": schema,
        "description": description,
        **({"explode": False, "style": "form"} if schema.get("type") == "array" else {}),
    }


TEXT = {"type": "string"}
BOX = {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]}
PARAMETERS = {
    "f": parameter("f", "query", {"type": "string", "enum": ["json"]}, "The form of the answer."),
    "bbox": parameter("bbox", "query", BOX | {"items": {"type": "number"}}, "west,south,east,north in degrees."),
    "datetime": parameter("datetime", "query", TEXT, "A moment or interval of RFC 3339. No feature has a time."),
    "limit": parameter(
        "limit",
        "query",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT},
        "As many features at most.",
    ),
    "after": parameter("after", "query", TEXT, "Behind the feature of this id; the link to the next page has it."),
    "offset": parameter("offset", "query", {"type": "integer", "minimum": 0, "default": 0}, "Pass over so many."),
    "crs": parameter(
        "crs", "query", {"type": "string", "enum": [CRS84]}, "Longitude, then latitude; there is no other."
    ),
    "bbox-crs": parameter("bbox-crs", "query", {"type": "string", "enum": [CRS84]}, "In what bbox is given."),
    "collectionId": parameter("collectionId", "path", TEXT, "The name of a collection."),
    "featureId": parameter("featureId", "path", TEXT, "The id of a feature."),
}
# Path -> what it is for, the parameters, the kind of the answer.
PATHS = {
    "/": ("getLandingPage", "The landing page", ("f",), JSON),
    "/conformance": ("getConformanceDeclaration", "The classes that are implemented", ("f",), JSON),
    "/collections": ("getCollections", "The collections", ("f",), JSON),
    "/collections/{collectionId}": ("describeCollection", "One collection", ("collectionId", "f"), JSON),
    "/collections/{collectionId}/items": (
        "getFeatures",
        "Features",
        ("collectionId", "limit", "offset", "bbox", "bbox-crs", "crs", "datetime", "after", "f"),
        GEOJSON,
    ),
    "/collections/{collectionId}/items/{featureId}": (
        "getFeature",
        "One feature",
        ("collectionId", "featureId", "f"),
        GEOJSON,
    ),
}


def definition() -> Document:
    """Return the whole definition."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "OGC API - Features", "version": "1.0.0", "description": "Places of the learning cities."},
        "servers": [{"url": address().rstrip("/")}],
        "paths": {path: {"get": operation(*said)} for path, said in PATHS.items()},
        "components": {
            "parameters": PARAMETERS,
            "schemas": {
                "exception": {
                    "type": "object",
                    "required": ["code"],
                    "properties": {"code": TEXT, "description": TEXT},
                }
            },
        },
    }


def operation(name: str, summary: str, parameters: tuple[str, ...], kind: str) -> Document:
    wrong = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/exception"}}}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [{"$ref": f"#/components/parameters/{one}"} for one in parameters],
        "responses": {
            "200": {"description": summary, "content": {kind: {"schema": {"type": "object"}}}},
            "400": {"description": "A parameter is unknown or has a value that it cannot have.", **wrong},
            "404": {"description": "There is no such thing.", **wrong},
        },
    }
