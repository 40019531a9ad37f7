"""The last steps on the way of every table: columns named, rows stored, looked over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from learningcity.common.columnar.found import Choices, Found
from learningcity.common.columnar.limits import LONGEST_ROW, MOST_COLUMNS
from learningcity.common.columnar.naming import named
from learningcity.common.columnar.quality import Numbering, Problem, looked_over, problem
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.rewriting import too_many_columns
from learningcity.common.columnar.schema import Column
from learningcity.common.columnar.storing import Source, Stored, Unclear, store

Tell = Callable[[float], None]
# The shares of the work that are done when the letters and the rows are read; what remains is the look at them.
LETTERS, ROWS = 0.15, 0.65
# So many names are told.
TOLD = 10


def part(tell: Tell, start: float, end: float) -> Tell:
    """Return a function that tells a part of the work as its share of the whole."""
    return lambda share: tell(start + (end - start) * share)


def headed(
    headings: Sequence[str], chosen: Mapping[str, str] | None = None, *, has_headings: bool = True
) -> tuple[list[Column], list[Problem]]:
    """Return a column for each heading, and what is noticeable about the headings.

    :raises Refused: if there are too many.
    """
    if len(headings) > MOST_COLUMNS:
        raise Refused(too_many_columns())
    columns = named(headings, chosen)
    if not has_headings:
        return columns, [problem("no_headings")]
    problems = []
    if bare := [column.name for column in columns if not column.heading.strip()]:
        problems.append(problem("no_heading", names=listed(bare)))
    counted = Counter(column.heading.strip() for column in columns if column.heading.strip())
    if twice := [heading for heading, times in counted.items() if times > 1]:
        problems.append(problem("double_headings", names=listed(twice)))
    return columns, problems


def listed(names: Sequence[str]) -> str:
    """Return the first of these names in a row."""
    return ", ".join(f"“{name[:60]}”" for name in names[:TOLD]) + (" …" if len(names) > TOLD else "")


def stored_ours(source: Source, columns: list[Column], choices: Choices, folder: Path, tell: Tell) -> Stored:
    """Store a text that we wrote ourselves.

    :raises Refused: if a row is too long even so.
    """
    try:
        return store(source, columns, choices.types, folder, tell)
    except Unclear as trouble:
        raise Refused(
            _("A row of this table is longer than %(most)s letters.") % {"most": f"{LONGEST_ROW:,}"}
        ) from trouble


def finished(found: Found, stored: Stored, numbering: Numbering, tell: Tell) -> Found:
    """Return what was found together with the table, and all that is noticeable about it."""
    titles = {column.name: column for column in stored.columns}
    refused = [
        problem("choice_refused", titles[name], count=count) for name, count in stored.misfits.items() if name in titles
    ]
    noticed, summary, preview, count = looked_over(stored.path, stored.columns, numbering, part(tell, ROWS, 1))
    if not count:
        # Of columns without a row, nothing else is worth a word.
        noticed = [problem("header_only")]
    return replace(
        found,
        columns=stored.columns,
        row_count=count,
        table=stored.path,
        problems=[*refused, *found.problems, *noticed],
        summary=summary,
        preview=preview,
        numbering=numbering.as_json(),
    )
