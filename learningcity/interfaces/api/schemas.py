"""What stands in answers, in the words of JSON Schema."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
SLUG: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 100}


def maybe(schema: Schema) -> Schema:
    """Return the schema of what may be missing."""
    kind = schema.get("type")
    if isinstance(kind, str) and "enum" not in schema:
        return {**schema, "type": [kind, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(*values: str) -> Schema:
    """Return the schema of a word out of few."""
    return {"type": "string", "enum": [*values]}


def whole(properties: dict[str, Schema]) -> Schema:
    """Return the schema of an object of which every part is there, and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def part(properties: dict[str, Schema]) -> Schema:
    """Return the schema of an object of which somebody may ask for some parts only."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def many(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def named(name: str) -> Schema:
    """Return the place where a schema with a name stands."""
    return {"$ref": f"#/components/schemas/{name}"}


TEXT, CODE, DATE, REFERENCE, SOURCE, LINKS = (
    named(name) for name in ("Text", "Code", "Date", "Reference", "Source", "Links")
)
# Those that stand under a name of their own.
NAMED: dict[str, Schema] = {
    "Text": {
        **whole({"th": maybe(STRING), "en": maybe(STRING)}),
        "description": "A text in Thai and in English; null where it does not exist in this language.",
    },
    "Code": {**whole({"code": STRING, "label": TEXT}), "description": "A word out of few, and what it means."},
    "Date": {
        **whole(
            {
                "date": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
                "precision": one_of("day", "month", "year"),
            }
        ),
        "description": "A date, no more exact than it is known: 2024-09-17, 2024-09 or 2024. Christian years.",
    },
    "Reference": {**whole({"slug": STRING, "name": TEXT, "self": ADDRESS}), "description": "Another record."},
    "Source": {
        **whole({"slug": STRING, "title": TEXT, "url": maybe(STRING), "self": ADDRESS}),
        "description": "Where a fact comes from.",
    },
    "Links": {
        **whole({"self": ADDRESS, "th": maybe(ADDRESS), "en": maybe(ADDRESS)}),
        "description": "The record here, and the page about it for people, in Thai and in English.",
    },
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": STRING,
            "status": INTEGER,
            "detail": STRING,
            "errors": many(whole({"parameter": STRING, "reason": STRING})),
        },
        "required": ["type", "title", "status"],
    },
}
