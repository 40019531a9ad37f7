"""What was noticed about a table, in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from learningcity.common.columnar.advice import ADVICE

ERROR, WARNING, NOTE = WEIGHTS = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was noticed, for a page: ``weight`` is "error", "warning" or "note"."""

    kind: str
    weight: str
    # One sentence, in the reader's language.
    words: str
    # What to do about it; empty where nothing has to be done.
    advice: str
    # Numbers of rows as the spreadsheet program shows them.
    rows: tuple[int, ...]
    # Values as they stand in the file.
    examples: tuple[str, ...]
    # The type that may be chosen for this column (Choices.types), if that would help; with the name of the column.
    column: str
    choice: str


def in_words(problems: Sequence[Mapping[str, Any]]) -> list[Said]:
    """Return what was noticed (Upload.problems, Distribution.problems) in the reader's language, the gravest first."""
    said = [said_of(problem) for problem in problems if problem.get("kind") in WORDS]
    return sorted(said, key=lambda one: WEIGHTS.index(one.weight))


def said_of(problem: Mapping[str, Any]) -> Said:
    """Return one thing that was noticed in the reader's language."""
    kind = problem["kind"]
    weight, words = WORDS[kind]
    values = {"title": problem.get("title", ""), "count": problem.get("count", 0), **problem}
    advice = ADVICE.get(kind)
    return Said(
        kind=kind,
        weight=weight,
        words=words(values),
        advice=advice() if advice else "",
        rows=tuple(problem.get("rows", ())),
        examples=tuple(problem.get("examples", ())),
        column=problem.get("column", ""),
        choice=problem.get("choice", ""),
    )


def _counted(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "number": f"{values['count']:,}"}


def _missing(values: Mapping[str, Any]) -> str:
    said = {**_counted(values), "percent": f"{100 * values['share']:.1f}"}
    return _("“%(title)s”: rows without a value: %(number)s (%(percent)s %%).") % said


def _sentence(say: Callable[[int], str]) -> Callable[[Mapping[str, Any]], str]:
    """Return a function that says a sentence with a number of rows, values or cells."""
    return lambda values: say(values["count"]) % _counted(values)


def _plain(say: Callable[[], str]) -> Callable[[Mapping[str, Any]], str]:
    """Return a function that says a sentence, with the count as people write it."""
    return lambda values: say() % _counted(values)


WORDS: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    # The file as a whole.
    "other_kind": (NOTE, _plain(lambda: _("The name ends in %(suffix)s, but the file is %(format)s and was read so."))),
    "not_read": (ERROR, _plain(lambda: "%(words)s")),
    "skipped_rows": (
        NOTE,
        _sentence(
            lambda count: ngettext(
                "%(number)s row of titles above the headings was left out.",
                "%(number)s rows of titles above the headings were left out.",
                count,
            )
        ),
    ),
    "other_sheets": (NOTE, _plain(lambda: _("Only the sheet “%(sheet)s” was read; there are also: %(names)s."))),
    "no_headings": (WARNING, _plain(lambda: _("There is no row of headings; the columns were given numbers."))),
    "header_only": (WARNING, _plain(lambda: _("There is no row below the headings."))),
    "no_heading": (WARNING, _plain(lambda: _("These columns have no heading: %(names)s."))),
    "double_headings": (WARNING, _plain(lambda: _("The same heading stands above several columns: %(names)s."))),
    "short_rows": (
        WARNING,
        _sentence(
            lambda count: ngettext(
                "%(number)s row has fewer cells than there are columns; the missing ones were taken as empty.",
                "%(number)s rows have fewer cells than there are columns; the missing ones were taken as empty.",
                count,
            )
        ),
    ),
    "left_out_columns": (WARNING, _plain(lambda: _("These columns hold no values that a table can show: %(names)s."))),
    "double_rows": (
        WARNING,
        _sentence(
            lambda count: ngettext(
                "%(number)s row repeats an earlier one, cell by cell.",
                "%(number)s rows repeat an earlier one, cell by cell.",
                count,
            )
        ),
    ),
    # One column.
    "missing": (NOTE, _missing),
    "empty_column": (WARNING, _plain(lambda: _("“%(title)s”: the whole column is empty."))),
    "mixed": (
        WARNING,
        lambda values: (
            (
                _("“%(title)s”: mostly numbers, yet all is kept as text; values that are none: %(number)s.")
                if values["mostly"] == "number"
                else _("“%(title)s”: mostly dates, yet all is kept as text; values that are none: %(number)s.")
            )
            % _counted(values)
        ),
    ),
    "double_keys": (
        ERROR,
        _plain(
            lambda: _(
                "“%(title)s” seems to tell the rows apart, but the same stands there more than once; rows too many: %(number)s."
            )
        ),
    ),
    "two_calendars": (
        ERROR,
        lambda values: (
            _(
                "“%(title)s”: dates in two calendars, %(number)s Buddhist and %(others_number)s Christian; all are kept as text."
            )
            % {**_counted(values), "others_number": f"{values['others']:,}"}
        ),
    ),
    "buddhist_dates": (
        NOTE,
        _plain(lambda: _("“%(title)s”: dates of the Buddhist calendar, kept as text: %(number)s.")),
    ),
    "written_dates": (
        NOTE,
        _plain(lambda: _("“%(title)s”: dates not written as 2024-09-17, kept as text: %(number)s.")),
    ),
    "buddhist_years": (
        NOTE,
        _plain(lambda: _("“%(title)s”: years of the Buddhist calendar, kept as numbers: %(number)s.")),
    ),
    "total": (ERROR, _plain(lambda: _("“%(title)s”: rows that seem to sum up the others: %(number)s."))),
    "nothing": (
        WARNING,
        _plain(lambda: _("“%(title)s”: cells that say that nothing is known, such as “-”: %(number)s.")),
    ),
    "blanks": (NOTE, _plain(lambda: _("“%(title)s”: values with blanks before or behind them: %(number)s."))),
    "thousands": (
        WARNING,
        _plain(lambda: _("“%(title)s”: numbers with commas such as 1,234, kept as text: %(number)s.")),
    ),
    "thai_number": (
        WARNING,
        _plain(lambda: _("“%(title)s”: numbers in Thai digits, kept as text: %(number)s.")),
    ),
    "thai_digits": (NOTE, _plain(lambda: _("“%(title)s”: values that begin with Thai digits: %(number)s."))),
    "formula": (
        WARNING,
        _plain(lambda: _("“%(title)s”: cells that look like formulas of a spreadsheet, kept as text: %(number)s.")),
    ),
    "choice_refused": (
        ERROR,
        _plain(
            lambda: _("“%(title)s” stays as it is; values that cannot be read in the way that was chosen: %(number)s.")
        ),
    ),
    "key_broken": (
        WARNING,
        _plain(lambda: _("%(names)s: these columns do not tell all rows apart any more, and are no key now.")),
    ),
    # Places.
    "swapped_axes": (ERROR, _plain(lambda: _("Places in which north and east are the wrong way round: %(number)s."))),
    "outside_thailand": (WARNING, _plain(lambda: _("Places outside of Thailand: %(number)s."))),
    "other_crs": (
        ERROR,
        _plain(
            lambda: _(
                "The places are not in degrees of WGS 84 but in another reference system (%(crs)s); they are kept as they are."
            )
        ),
    ),
    "no_place": (NOTE, _plain(lambda: _("Rows without a place: %(number)s."))),
    "nested": (NOTE, _plain(lambda: _("“%(title)s”: values that hold other values are kept as JSON."))),
}
