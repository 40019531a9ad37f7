"""The rows of a table, to be looked through without any program, and what changed from one version to another."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcity.common.columnar.asking import Condition, Order, Question, Unanswerable, ask
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.schema import Column
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import LATEST, entry_at, entry_of
from learningcity.portal.forms.datasets import RowFilter
from learningcity.portal.queries.dataset_changes import changes_between
from learningcity.portal.queries.datasets import Part, cell_text, parts_of_offers, rows_of_table, version_numbered
from learningcity.portal.views.datasets import dataset_named, tombstone
from learningcity.portal.views.errors import NothingHere

ROWS_ON_A_PAGE = 50
# A wider table is shown by its first columns; the files have them all.
MOST_COLUMNS = 40
LONGEST_NUMBER = 9


@login_not_required
@require_safe
def dataset_table(request: HttpRequest, slug: str, name: str, number: int | None = None) -> HttpResponse:
    """Show the rows of a table, sorted and narrowed as the address says."""
    dataset = dataset_named(slug)
    if dataset.is_withdrawn:
        return tombstone(request, dataset)
    where = LATEST if number is None else str(number)
    part, path = table_in(dataset, name, number), rows_of_table(dataset, name, where)
    if part is None or path is None:
        raise NothingHere(_("This dataset has no table “%(name)s” in this version.") % {"name": name})
    columns = part.columns[:MOST_COLUMNS]
    form = RowFilter(request.GET, columns=[(column.name, str(column.title)) for column in part.columns])
    context: dict[str, Any] = {
        "dataset": dataset,
        "part": part,
        "parts": [part],
        "columns": columns,
        "form": form,
        "where": where,
    }
    try:
        answer = ask(path, question_in(request, form, columns))
    except Unanswerable as problem:
        return render(request, "portal/datasets/table.html", context | {"problem": problem.reason}, status=400)
    except TooSlow:
        said = _("This takes longer than anybody waits. Take the file, or narrow the question.")
        return render(request, "portal/datasets/table.html", context | {"problem": said}, status=503)
    context |= {
        "page": page_in(request, answer.total or 0),
        "rows": [
            [(column, cell_text(value)) for column, value in zip(columns, row, strict=True)] for row in answer.rows
        ],
        "sort": request.GET.get("sort", ""),
        "headings": [(column, sort_by(request, column.name)) for column in columns],
    }
    return render(request, "portal/datasets/table.html", context)


def table_in(dataset: Dataset, name: str, number: int | None) -> Part | None:
    """Return a table of a version, or of the newest, with its columns in the words of then."""
    if number is None:
        entry = entry_of(dataset)
    elif version := version_numbered(dataset, number):
        entry = entry_at(version)
    else:
        return None
    return next((part for part in parts_of_offers(entry.offers) if part.name == name and part.is_table), None)


def question_in(request: HttpRequest, form: RowFilter, columns: list[Column]) -> Question:
    """Return what the address asks of a table."""
    form.full_clean()
    said = form.cleaned_data
    conditions: list[Condition] = []
    operator = said.get("operator") or "="
    if said.get("column") and (said.get("value") or operator == "missing"):
        conditions.append(Condition(said["column"], operator, None if operator == "missing" else said["value"]))
    sort = request.GET.get("sort", "")
    return Question(
        columns=tuple(column.name for column in columns),
        conditions=tuple(conditions),
        text=said.get("text", ""),
        sort=(Order(sort.removeprefix("-"), sort.startswith("-")),) if sort else (),
        offset=ROWS_ON_A_PAGE * (number_of_page(request) - 1),
        limit=ROWS_ON_A_PAGE,
    )


def sort_by(request: HttpRequest, name: str) -> tuple[str, str]:
    """Return how a column is sorted now, in the words of ARIA, and what a press on its heading asks for."""
    now = request.GET.get("sort", "")
    if now == name:
        return "ascending", f"-{name}"
    return ("descending", name) if now == f"-{name}" else ("", name)


def number_of_page(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER else 1


def page_in(request: HttpRequest, total: int) -> Page[Any]:
    """Return the page of the rows that is asked for.

    :raises NothingHere: if there is none of this number.
    """
    try:
        return Paginator(range(total), ROWS_ON_A_PAGE).page(number_of_page(request))
    except EmptyPage as problem:
        raise NothingHere(_("This table has no page “%(page)s”.") % {"page": number_of_page(request)}) from problem


@login_not_required
@require_safe
def dataset_difference(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponse:
    """Show what changed from one version to another."""
    dataset = dataset_named(slug)
    if dataset.is_withdrawn:
        return tombstone(request, dataset)
    old, new = version_numbered(dataset, before), version_numbered(dataset, after)
    if old is None or new is None:
        raise NothingHere(_("This dataset has no version “%(number)s”.") % {"number": before if old is None else after})
    context = {"dataset": dataset, "before": old, "after": new, "changes": changes_between(old, new)}
    return render(request, "portal/datasets/difference.html", context)


@login_not_required
@require_safe
def dataset_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the difference between the two versions that a reader chose."""
    chosen = [request.GET.get(name, "") for name in ("from", "to")]
    if not all(said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER for said in chosen):
        raise NothingHere(_("Choose two versions."))
    return redirect("dataset-difference", slug, int(chosen[0]), int(chosen[1]))
