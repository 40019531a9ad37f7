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
    return _("“%(title)s”: no value in %(number)s rows (%(percent)s %%).") % said


def _sentence(say: Callable[[int], str]) -> Callable[[Mapping[str, Any]], str]:
    """Return a function that says a sentence with a number of rows, values or cells."""
    return lambda values: say(values["count"]) % _counted(values)


def _plain(say: Callable[[], str]) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: say() % values


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
                _("“%(title)s”: mostly numbers, but %(number)s values are none; all are kept as text.")
                if values["mostly"] == "number"
                else _("“%(title)s”: mostly dates, but %(number)s values are none; all are kept as text.")
            )
            % _counted(values)
        ),
    ),
    "double_keys": (
        ERROR,
        _sentence(lambda count: _("“%(title)s” seems to tell the rows apart, but stands again in %(number)s of them.")),
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
        _sentence(lambda count: _("“%(title)s”: %(number)s dates of the Buddhist calendar; they are kept as text.")),
    ),
    "written_dates": (
        NOTE,
        _sentence(lambda count: _("“%(title)s”: %(number)s dates not written as 2024-09-17; they are kept as text.")),
    ),
    "buddhist_years": (
        NOTE,
        _sentence(lambda count: _("“%(title)s”: %(number)s years of the Buddhist calendar; they are kept as numbers.")),
    ),
    "total": (ERROR, _sentence(lambda count: _("“%(title)s”: %(number)s rows seem to sum up the others."))),
    "nothing": (
        WARNING,
        _sentence(lambda count: _("“%(title)s”: %(number)s cells say in words that nothing is known, such as “-”.")),
    ),
    "blanks": (NOTE, _sentence(lambda count: _("“%(title)s”: blanks before or behind %(number)s values."))),
    "thousands": (
        WARNING,
        _sentence(
            lambda count: _("“%(title)s”: %(number)s numbers with commas, such as 1,234; they are kept as text.")
        ),
    ),
    "thai_number": (
        WARNING,
        _sentence(lambda count: _("“%(title)s”: %(number)s numbers in Thai digits; they are kept as text.")),
    ),
    "thai_digits": (NOTE, _sentence(lambda count: _("“%(title)s”: %(number)s values begin with Thai digits."))),
    "formula": (
        WARNING,
        _sentence(
            lambda count: _("“%(title)s”: %(number)s cells look like formulas of a spreadsheet; they are kept as text.")
        ),
    ),
    "choice_refused": (
        ERROR,
        _sentence(
            lambda count: _("“%(title)s” stays as it is: %(number)s values cannot be read in the way that was chosen.")
        ),
    ),
    # Places.
    "swapped_axes": (ERROR, _sentence(lambda count: _("In %(number)s places north and east have changed places."))),
    "outside_thailand": (WARNING, _sentence(lambda count: _("%(number)s places lie outside of Thailand."))),
    "other_crs": (
        ERROR,
        _plain(
            lambda: _(
                "The places are not in degrees of WGS 84 but in another reference system (%(crs)s); they are kept as they are."
            )
        ),
    ),
    "no_place": (NOTE, _sentence(lambda count: _("%(number)s rows have no place."))),
    "nested": (NOTE, _plain(lambda: _("“%(title)s”: values that hold other values are kept as JSON."))),
}
