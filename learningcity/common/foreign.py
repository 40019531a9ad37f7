"""JSON and XML that others wrote, read without harm: no entities, no doctype, no depth without end, nothing fetched."""

from __future__ import annotations

import json
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from learningcity.common.addresses import NotFetched, Obstacle

DEEPEST = 60
MOST_ELEMENTS = 2_000_000


def read_json(content: bytes) -> Any:
    """Return what a JSON text says.

    :raises NotFetched: if it is none, or nested too deeply.
    """
    try:
        said = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as problem:
        raise NotFetched(Obstacle.CONTENT, "JSON") from problem
    if is_deep(said):
        raise NotFetched(Obstacle.CONTENT, "JSON")
    return said


def is_deep(said: Any) -> bool:
    """Tell whether values are nested more deeply than anybody means."""
    level: list[Any] = [said]
    for _depth in range(DEEPEST):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def read_xml(content: bytes) -> Element:
    """Return the root of an XML document; names are written {namespace}name.

    :raises NotFetched: if it is none, has a doctype or entities, or is nested too deeply.
    """
    parser, builder, state = expat.ParserCreate(namespace_separator="}"), TreeBuilder(), [0, 0]

    def start(name: str, attributes: dict[str, str]) -> None:
        state[0] += 1
        state[1] += 1
        if state[0] > DEEPEST or state[1] > MOST_ELEMENTS:
            _refuse(name)
        builder.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        state[0] -= 1
        builder.end(_named(name))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, ValueError, AssertionError, LookupError) as problem:
        raise NotFetched(Obstacle.CONTENT, "XML") from problem


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _refuse(*_said: object) -> NoReturn:
    raise ValueError
