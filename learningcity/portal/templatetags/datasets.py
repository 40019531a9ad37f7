"""Tags of the pages on which data are shown."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from learningcity.common.templatetags.common import when
from learningcity.common.thai.dates import shown_year
from learningcity.opendata.enums import COLUMN_TYPES
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import LATEST
from learningcity.portal.queries.dataset_words import called
from learningcity.portal.queries.datasets import DatasetPage, Part
from learningcity.portal.queries.lists import parts_of_lists

register = template.Library()

register.filter("called", called)


@register.simple_tag
def day(moment: dt.datetime) -> SafeString | str:
    """Show the day of a moment in Thailand."""
    return when(timezone.localdate(moment))


@register.simple_tag
def type_words(kind: str) -> str:
    """Say what a column holds."""
    return str(COLUMN_TYPES[kind])


@register.simple_tag
def years(dataset: Dataset) -> str:
    """Show from when to when data speak, as the readers of the page count years."""
    ends = [shown_year(year) for year in (dataset.first_year, dataset.last_year) if year]
    return "–".join(dict.fromkeys(ends))


@register.inclusion_tag("portal/list_files.html", takes_context=True)
def list_files(context: dict[str, Any], names: str, whole: str = "", city: str = "") -> dict[str, Any]:
    """Offer lists, by their names in the address, as files with the filters of the page or those of a city.

    Others are offered whole, and only where nothing is filtered: nobody shall take them for what the filters left.
    """
    query = urlencode({"city": city}) if city else query_of(context.get("form"))
    parts = parts_of_lists(names.split(), f"?{query}") if query else parts_of_lists(f"{names} {whole}".split())
    return {"parts": parts, "is_narrowed": bool(query) and not city}


def query_of(form: forms.Form | None) -> str:
    """Return the filters that a reader chose, as far as they are known, as the query of an address."""
    if form is None:
        return ""
    asked: Any = form.data
    known = [name for name in form.fields if name not in form.errors]
    return urlencode([(name, value) for name in known for value in asked.getlist(name) if value])


@register.simple_tag
def table_address(slug: str, where: str, name: str) -> str:
    """Return the address of the page on which the rows of a table are looked through."""
    if where == LATEST:
        return reverse("dataset-table-now", args=[slug, name])
    return reverse("dataset-table", args=[slug, int(where), name])


@register.simple_tag
def examples(page: DatasetPage, part: Part) -> list[tuple[str, str]]:
    """Return how programs fetch and ask a table, ready to be copied."""
    site = settings.SITE_URL
    file = f"{site}/data/{page.dataset.slug}/{page.number}/{part.name}"
    # A CSV that was brought is given as it is, in whatever encoding; with its mark it is always UTF-8.
    is_brought = any(offer.format == "csv" and offer.distribution for offer in part.offers)
    csv, encoded = (f"{file}.csv?bom=1", ', fileEncoding = "UTF-8-BOM"') if is_brought else (f"{file}.csv", "")
    ask = f"{site}/api/3/action/datastore_search?resource_id={part.offers[0].uid}&limit=5"
    return [
        (gettext("On the command line"), f"curl -O {file}.csv"),
        ("Python (pandas)", f'import pandas\ntable = pandas.read_csv("{csv}")'),
        ("R", f'table <- read.csv("{csv}"{encoded})'),
        ("SQL (DuckDB)", f"SELECT * FROM '{file}.parquet' LIMIT 5;"),  # noqa: S608 -- shown, not run
        (gettext("Ask for some rows"), f'curl "{ask}"'),
    ]
