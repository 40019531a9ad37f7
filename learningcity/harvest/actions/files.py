"""The files of a record, fetched and read as tables; what is not fetched stays where it is, and why is said."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from learningcity.common.addresses import Later, NotFetched, Obstacle
from learningcity.common.columnar.found import Found
from learningcity.common.columnar.intake import Refused, examine
from learningcity.common.columnar.naming import free, machine_name
from learningcity.common.columnar.schema import as_schema
from learningcity.common.fetching import Answer, Limits
from learningcity.common.text import language_of
from learningcity.harvest.enums import Problem
from learningcity.harvest.tasks.remote import Remote, RemoteFile, text_of
from learningcity.harvest.tasks.robots import Harvester
from learningcity.opendata.actions import Part, keep_file
from learningcity.opendata.models import File
from learningcity.opendata.queries import MEDIA_TYPES

MOST_FILES = 20
LIMITS = Limits(size=50_000_000, seconds=300)
TAKEN = {*MEDIA_TYPES, "tsv", "txt"}
# Of the kinds in which one table is offered: the one that loses least first, the one that is read by guessing last.
PREFERRED = ("csv", "tsv", "parquet", "geojson", "json", "xlsx")
SUFFIX = re.compile(r"\.([a-z0-9]{2,7})$")
# Next time it may be otherwise.
PASSING = (Obstacle.TIME, Obstacle.CONNECTION, Obstacle.NAME, Obstacle.STATUS)
UNNAMED = "table"


@dataclass
class Fetched:
    """The files of a record: those that are here now, and those that stay where they are."""

    parts: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, str]] = field(default_factory=list)
    lacks: bool = False


def fetch_files(fetcher: Harvester, remote: Remote, former: Sequence[Mapping[str, Any]]) -> Fetched:
    """Fetch the files of a record; one that is as it was is not fetched again.

    :raises Later: if the other side asks for a pause; nothing is lost by beginning anew.
    """
    known, result = {one["address"]: one for one in former}, Fetched()
    for file in each_once(remote.files):
        if len(result.parts) >= MOST_FILES or not is_taken(file):
            result.left.append({"address": file.address, "why": Problem.KIND})
            continue
        before = known.get(file.address)
        try:
            result.parts.append(fetched(fetcher, file, before))
        except Later:
            raise
        except NotFetched as obstacle:
            passes = obstacle.obstacle in PASSING
            result.lacks = result.lacks or passes
            if passes and before:
                result.parts.append(dict(before))
            result.left.append({"address": file.address, "why": obstacle.obstacle})
        except Refused:
            result.left.append({"address": file.address, "why": Problem.CONTENT})
    name_apart(result.parts)
    return result


def each_once(files: Sequence[RemoteFile]) -> list[RemoteFile]:
    """Return files in their order; of the same table in several kinds only the one that we prefer.

    A catalog in RDF has no order: which of them comes first there is chance.
    """
    chosen: dict[tuple[str, str, str], RemoteFile] = {}
    for file in files:
        parts, suffix = urlsplit(file.address), suffix_of(file)
        stem = SUFFIX.sub("", parts.path.lower()) if suffix in PREFERRED else parts.path
        key = (parts.netloc, stem, parts.query)
        if key not in chosen or rank(suffix) < rank(suffix_of(chosen[key])):
            chosen[key] = file
    return list(chosen.values())


def rank(suffix: str) -> int:
    return PREFERRED.index(suffix) if suffix in PREFERRED else len(PREFERRED)


def suffix_of(file: RemoteFile) -> str:
    found = SUFFIX.search(urlsplit(file.address).path.lower())
    return found[1] if found else ""


def is_taken(file: RemoteFile) -> bool:
    """Tell whether it is worth asking: the record, or the name, says that it is of a kind that we take, or neither does."""
    said = {file.format, suffix_of(file)} - {""}
    return not said or bool(said & TAKEN)


def fetched(fetcher: Harvester, file: RemoteFile, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a file as it is now, kept.

    :raises NotFetched: if there is an obstacle.
    :raises Refused: if it is of no kind that we take.
    """
    answer = fetcher.get_document(file.address, conditions(before), LIMITS)
    if before and answer.status == 304:
        return dict(before)
    if answer.status != 200:
        raise NotFetched(Obstacle.STATUS, str(answer.status))
    path = PurePath(unquote(urlsplit(answer.address).path))
    title = file.title or path.stem
    with tempfile.TemporaryDirectory(prefix="learningcity-") as folder:
        there = Path(folder) / "file"
        answer.content.seek(0)
        with there.open("wb") as local:
            while piece := answer.content.read(1 << 20):
                local.write(piece)
        # The name says only what somebody expects: a PDF that calls itself so is taken.
        found = examine(there, path.name if path.suffix else f"file.{file.format or 'csv'}", folder=Path(folder))
        return described(found, there, answer) | {
            "name": machine_name(title) or UNNAMED,
            "title": text_of(title),
            "address": file.address,
        }


def conditions(before: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what is asked so that only a changed file comes."""
    asked = {"If-None-Match": "etag", "If-Modified-Since": "last_modified"}
    return {header: before[mark] for header, mark in asked.items() if before.get(mark)} if before else {}


def described(found: Found, there: Path, answer: Answer) -> dict[str, Any]:
    """Keep a file and its table, and return what is known of them as plain values."""
    with there.open("rb") as content:
        file = keep_file(content, MEDIA_TYPES[found.format])
    table = None
    if found.table:
        with found.table.open("rb") as made:
            table = keep_file(made, MEDIA_TYPES["parquet"])
    return {
        "format": found.format,
        "sha256": file.sha256,
        "table": table.sha256 if table else None,
        "schema": as_schema(found.columns) if found.columns else {},
        "row_count": found.row_count if table else None,
        "problems": found.problems,
        "etag": answer.headers.get("etag", "")[:200],
        "last_modified": answer.headers.get("last-modified", "")[:100],
    }


def name_apart(parts: list[dict[str, Any]]) -> None:
    """Give files names of their own; one that has its name already keeps it, wherever it stands."""
    taken: set[str] = set()
    for part in parts:
        part["name"] = free(part["name"], taken)
        taken.add(part["name"])


def parts_from(kept: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Return files that were kept as plain values as parts of a version."""
    prints = {each for one in kept for each in (one["sha256"], one["table"]) if each}
    files = File.objects.in_bulk(prints)
    return [
        Part(
            name=one["name"],
            format=one["format"],
            file=files[one["sha256"]],
            table=files[one["table"]] if one["table"] else None,
            schema=one["schema"],
            row_count=one["row_count"],
            problems=one["problems"],
            **{f"title_{language_of(one['title'])}": one["title"]},
        )
        for one in kept
    ]
