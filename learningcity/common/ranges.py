"""Parts of a file that somebody asks for (RFC 9110, 14): one range of bytes, as every client sends it."""

from __future__ import annotations

import re

ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


class Unsatisfiable(Exception):
    """The file has no such part."""


def range_of(said: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that are asked for; None where the whole file is to be sent.

    Several ranges at once, and what nobody understands, are answered with the whole file, as the standard allows.

    :raises Unsatisfiable: if the file is shorter.
    """
    found = ONE_RANGE.fullmatch(said.strip())
    if not found or found.groups() == ("", ""):
        return None
    start, end = found.groups()
    if not start:
        length = int(end)
        if not length or not size:
            raise Unsatisfiable
        return max(size - length, 0), size - 1
    first = int(start)
    last = min(int(end), size - 1) if end else size - 1
    if end and int(end) < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, last


def is_same(said: str, etag: str) -> bool:
    """Tell whether a list of marks names this one; in comparing what somebody has, a weak mark counts as its strong one."""
    marks = {mark.strip().removeprefix("W/") for mark in said.split(",")}
    return "*" in marks or etag in marks
