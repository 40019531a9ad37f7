"""A text of JSON as a table: an array of objects, an object on each line, or features of GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from learningcity.common.columnar import features
from learningcity.common.columnar.features import EAST, NORTH, OUTLINE, Places
from learningcity.common.columnar.finishing import ROWS, Tell, finished, headed, part, stored_ours
from learningcity.common.columnar.found import Choices, Found
from learningcity.common.columnar.naming import free
from learningcity.common.columnar.quality import Numbering, Problem, problem
from learningcity.common.columnar.records import Reader, records
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.spreading import Spread, spread
from learningcity.common.columnar.storing import Source
from learningcity.common.columnar.texts import as_utf8
from learningcity.common.text import LocalText

READ = 0.5
TITLES = {
    EAST: LocalText("ลองจิจูด", "longitude"),
    NORTH: LocalText("ละติจูด", "latitude"),
    OUTLINE: LocalText("รูปร่างบนแผนที่", "geometry"),
}
# Of places in another reference system, these are no degrees.
PLAIN_TITLES = {EAST: ("x", LocalText("", "x")), NORTH: ("y", LocalText("", "y"))}


def read_json(path: Path, folder: Path, tell: Tell, choices: Choices) -> Found:
    text = as_utf8(path, folder, part(tell, 0, 0.1))
    around: dict[str, Any] = {}
    places = Places()
    with Reader(text.path, part(tell, 0.1, READ)) as reader:
        entries = iter(records(reader, around))
        first = list(next_of(entries))
        is_geo = any(map(features.is_feature, first))
        every = chain(first, entries)
        made = (
            spread(features.as_records(every, places), folder, (EAST, NORTH, OUTLINE))
            if is_geo
            else spread(objects(every), folder)
        )
    if not made.rows:
        raise Refused(_("There is no record in this file."))
    if not made.names:
        raise Refused(_("The records of this file have no names for their values."))
    # By their names it is known where the places stand.
    chosen = {name: wanted for name, wanted in choices.names.items() if not (is_geo and name in TITLES)}
    columns, problems = headed(made.names, chosen)
    left_out: frozenset[str] = frozenset()
    if is_geo:
        problems += said_of_places(places, around)
        columns, left_out = placed(columns, places, is_foreign=bool(places.crs(around.get("crs"))))
    problems += [
        problem("nested", column) for column, kinds in zip(columns, made.kinds, strict=True) if "nested" in kinds
    ]
    source = Source(made.path, known=known(made, is_geo=is_geo), left_out=left_out)
    stored = stored_ours(source, columns, choices, folder, part(tell, READ, ROWS))
    found = Found(
        format="geojson" if is_geo else "json",
        encoding=text.encoding,
        dialect={"layout": around.get("layout", "array")},
        problems=problems,
    )
    return finished(found, stored, Numbering(), tell)


def next_of(entries: Iterator[Any]) -> Iterator[Any]:
    """Return the first entry, if there is one."""
    for entry in entries:
        yield entry
        return


def objects(entries: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Return the entries.

    :raises Refused: if one of them is no record.
    """
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise Refused(
                _("Entry %(number)s of this file is no record; write an array of objects, all with the same names.")
                % {"number": f"{number:,}"}
            )
        yield entry


def known(made: Spread, *, is_geo: bool) -> dict[int, str]:
    """Return which columns are what they are, whatever their values look like."""
    return made.known() | ({0: "number", 1: "number", 2: "string"} if is_geo else {})


def placed(columns: list[Column], places: Places, *, is_foreign: bool) -> tuple[list[Column], frozenset[str]]:
    """Return the columns with the titles of places, and the names of those that no feature fills."""
    taken = {column.name for column in columns}
    said = []
    for column in columns[:3]:
        name, title = column.name, TITLES[column.name]
        if is_foreign and name in PLAIN_TITLES:
            name, title = PLAIN_TITLES[name]
            name = free(name, taken)
        said.append(Column(name=name, title=title, heading="" if is_foreign else column.heading))
    empty = {one.name for one in said[:2] if not places.points} | ({said[2].name} if not places.outlines else set())
    return [*said, *columns[3:]], frozenset(empty)


def said_of_places(places: Places, around: dict[str, Any]) -> list[Problem]:
    """Return what is noticeable about the places; points stand in columns, which are looked at like all others."""
    said = []
    if crs := places.crs(around.get("crs")):
        said.append(problem("other_crs", crs=crs))
    elif places.outlines:
        if places.swapped:
            said.append(problem("swapped_axes", count=places.swapped, rows=places.rows_swapped))
        if places.outside:
            said.append(problem("outside_thailand", count=places.outside, rows=places.rows_outside))
    if places.missing:
        said.append(problem("no_place", count=places.missing))
    return said
