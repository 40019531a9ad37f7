"""The catalog, and the page of each dataset, as people read it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learningcity.opendata.enums import Category
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import entries, entry_at, entry_of
from learningcity.opendata.queries.selecting import select_datasets
from learningcity.portal.exports.jsonld_data import catalog_as_json_ld, dataset_as_json_ld
from learningcity.portal.forms.datasets import DatasetFilter
from learningcity.portal.queries.dataset_words import citation_words, terms_of
from learningcity.portal.queries.datasets import DatasetPage, last_words, page_of_entry, version_numbered
from learningcity.portal.views.errors import NothingHere
from learningcity.portal.views.lists import page_of, wants_fragment

PAGE_SIZE = 20
GONE = 410


@login_not_required
@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """Show the catalog, or what of it a reader chooses."""
    form = DatasetFilter(request.GET)
    page = page_of(select_datasets(form.selection()), request, size=PAGE_SIZE)
    shown = [(entry, sorted({offer.format for offer in entry.offers})) for entry in entries(page.object_list)]  # type: ignore[arg-type]
    context = {"form": form, "page": page, "entries": shown, "chosen": any(form.data.values())}
    context["json_ld"] = catalog_as_json_ld()
    return render(request, f"portal/datasets/catalog.html{'#results' if wants_fragment(request) else ''}", context)


@login_not_required
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a dataset as it is now."""
    found = dataset_named(slug)
    if found.is_withdrawn:
        return tombstone(request, found)
    return show(request, page_of_entry(entry_of(found), live=found.is_live))


@login_not_required
@require_safe
def dataset_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a dataset as it was in one of its versions, in its words of then."""
    found = dataset_named(slug)
    if found.is_withdrawn:
        return tombstone(request, found)
    version = version_numbered(found, number)
    if version is None:
        raise NothingHere(_("This dataset has no version “%(number)s”.") % {"number": number})
    return show(request, page_of_entry(entry_at(version), live=False))


def show(request: HttpRequest, page: DatasetPage) -> HttpResponse:
    dataset, version = page.dataset, page.entry.version
    url, may = terms_of(dataset.license)
    context: dict[str, Any] = {
        "page": page,
        "dataset": dataset,
        "citation": citation_words(page.entry, version.number if version else None),
        "license_url": url,
        "may": may,
        "json_ld": dataset_as_json_ld(page.entry),
    }
    response = render(request, "portal/datasets/dataset.html", context)
    if not page.is_whole:
        # Nobody keeps a page for later on which something is missing now.
        response["Cache-Control"] = "no-store"
    return response


def dataset_named(slug: str) -> Dataset:
    """Return a dataset that anybody may see, or that anybody could see until it was withdrawn.

    :raises NothingHere: if there is none.
    """
    found = Dataset.objects.filter(slug=slug, category=Category.PUBLIC).first()
    if found is None:
        raise NothingHere(_("There is no dataset at this address."))
    return found


def tombstone(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Say that a dataset was there, why it is gone, and how to cite what was taken from it."""
    version = last_words(dataset)
    entry = entry_at(version) if version else None
    context = {
        "dataset": dataset,
        "version": version,
        "citation": citation_words(entry, version.number) if entry and version else None,
    }
    return render(request, "portal/datasets/gone.html", context, status=GONE)
