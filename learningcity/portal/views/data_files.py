"""Datasets as files, for people and for programs: whole or in parts, with license and citation in every answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from learningcity.common.columnar.writing import TooManyRows
from learningcity.common.ranges import is_same
from learningcity.common.sending import FOR_A_MINUTE, TEXT, for_programs, sent
from learningcity.opendata.actions import note_use
from learningcity.opendata.enums import LICENSE_TEXTS, Category, License, Way
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import (
    LATEST,
    Chosen,
    Entry,
    Offer,
    Package,
    Ready,
    archive_of,
    catalog,
    descriptor_on_the_web,
    entry_at,
    entry_of,
    file_of,
    has_rows,
    made_file_of,
    package_of,
    package_of_everything,
    public_versions,
    withdrawn,
)

PACKAGES = ("json", "zip")


@for_programs
def data_file(request: HttpRequest, slug: str, number: str, name: str, extension: str) -> HttpResponseBase:
    """Send a file of a dataset: what was brought, or its table as another kind of file.

    :raises Http404: if there is no such dataset, version or file.
    """
    if gone := tombstone(slug=slug):
        return gone
    entry = entry_named(slug, number)
    offer = next((one for one in entry.offers if (one.name, one.format) == (name, extension)), None)
    if offer is None:
        raise Http404
    try:
        ready = ready_of(request, entry, offer)
    except TooManyRows:
        return too_many_rows(f"{offer.path.removesuffix(offer.format)}csv")
    answer = sent(request, ready.path, ready.mark, ready.media_type)
    answer["Cache-Control"] = FOR_A_MINUTE
    answer["Content-Disposition"] = disposition(entry, offer, number)
    answer["Link"] = links(entry, ready.number)
    return answer


def live_file(request: HttpRequest, publication: str, name: str, chosen: Chosen) -> HttpResponseBase:
    """Send the rows that somebody chose of what the platform knows, under a name with the kind of file at its end.

    :raises Http404: if that table is in no catalog, or comes in no such kind of file.
    """
    if gone := tombstone(publication=publication):
        return gone
    entry = entry_of(get_object_or_404(catalog(), publication=publication))
    offer = next((one for one in entry.offers if one.format == name.rpartition(".")[2]), None)
    if offer is None:
        raise Http404
    note_use(Way(offer.format), entry.dataset.slug)
    return rows_sent(
        request, name, lambda form: made_file_of(entry, offer, form, chosen), lambda ready: links(entry, ready.number)
    )


def rows_sent(
    request: HttpRequest, name: str, make: Callable[[str], Ready], said: Callable[[Ready], str]
) -> HttpResponseBase:
    """Send rows that are made into the kind of file at the end of this name, in the form that the reader wants."""
    form = name.rpartition(".")[2]
    if form == "csv" and request.GET.get("bom") == "1":
        form = "csv-bom"
    elif form == "xlsx" and get_language() == "en":
        form = "xlsx-en"
    try:
        ready = make(form)
    except TooManyRows:
        return too_many_rows(request.get_full_path().replace(".xlsx", ".csv", 1))
    answer = sent(request, ready.path, ready.mark, ready.media_type)
    answer["Cache-Control"] = FOR_A_MINUTE
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Link"] = said(ready)
    return answer


@for_programs
def data_package(request: HttpRequest, slug: str, number: str, extension: str) -> HttpResponseBase:
    """Send a dataset as a Data Package: its description alone, or an archive with all its files.

    :raises Http404: if there is no such dataset or version, or nothing in it.
    """
    if gone := tombstone(slug=slug):
        return gone
    entry = entry_named(slug, number)
    if not entry.offers or extension not in PACKAGES:
        raise Http404
    if extension == "json":
        answer = described(request, descriptor_on_the_web(entry))
    else:
        answer = archived(request, package_of(entry), f"{slug}-{number}")
    answer["Cache-Control"] = FOR_A_MINUTE
    answer["Link"] = links(entry, entry.version.number if entry.version else None)
    return answer


@for_programs
def platform_package(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Send all that is public as one Data Package.

    :raises Http404: if there is nothing, or no such kind of file.
    """
    package = package_of_everything()
    if not package.items or extension != "zip":
        raise Http404
    answer = archived(request, package, "platform")
    answer["Cache-Control"] = FOR_A_MINUTE
    answer["Link"] = f'<{LICENSE_TEXTS[License.CC_BY]}>; rel="license", <{settings.SITE_URL}/data/>; rel="cite-as"'
    return answer


def described(request: HttpRequest, descriptor: dict[str, Any]) -> HttpResponseBase:
    """Send a description."""
    words = json.dumps(descriptor, ensure_ascii=False, indent=1).encode()
    mark = hashlib.sha256(words).hexdigest()
    unchanged = is_same(request.headers.get("If-None-Match", ""), f'"{mark}"')
    answer = HttpResponse(status=304) if unchanged else HttpResponse(words, content_type="application/json")
    answer["ETag"] = f'"{mark}"'
    return answer


def archived(request: HttpRequest, package: Package, name: str) -> HttpResponseBase:
    """Send an archive."""
    ready = archive_of(package)
    answer = sent(request, ready.path, ready.mark, ready.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def ready_of(request: HttpRequest, entry: Entry, offer: Offer) -> Ready:
    """Return the file; ``?bom=1`` asks for the mark by which Excel knows UTF-8, ``?as=table`` for nothing but the rows."""
    if has_rows(offer) and offer.format == "csv" and request.GET.get("bom") == "1":
        return made_file_of(entry, offer, "csv-bom")
    # Rows with shapes as GeoJSON are what was brought.
    if has_rows(offer) and offer.format != "geojson" and request.GET.get("as") == "table":
        return made_file_of(entry, offer, offer.format)
    return file_of(entry, offer)


def tombstone(**which: str) -> HttpResponse | None:
    """Return what is said instead of a file of a withdrawn dataset: that it is gone, and why."""
    dataset = withdrawn().filter(**which, category=Category.PUBLIC).first()
    if dataset is None:
        return None
    reason = " / ".join(filter(None, (dataset.reason_th, dataset.reason_en)))
    return HttpResponse(f"{reason}\n", status=410, content_type=TEXT)


def entry_named(slug: str, number: str) -> Entry:
    """Return a dataset as it is now, or as it was in a version.

    :raises Http404: if there is none that anybody may see.
    """
    dataset: Dataset = get_object_or_404(catalog(), slug=slug)
    if number == LATEST:
        return entry_of(dataset)
    # The same number is written in one way only: 1, not 01 or 十.
    if not (number.isascii() and number.isdecimal() and number[0] != "0" and len(number) < 10):
        raise Http404
    return entry_at(get_object_or_404(public_versions(dataset), number=number))


def too_many_rows(other: str) -> HttpResponse:
    """Return why there is no workbook, and where the rows are."""
    answer = HttpResponse(f"Too many rows for a workbook: {settings.SITE_URL}{other}\n", status=406, content_type=TEXT)
    answer["Link"] = f'<{settings.SITE_URL}{other}>; rel="alternate"; type="text/csv"'
    return answer


def disposition(entry: Entry, offer: Offer, number: str) -> str:
    """Return under which name a file is kept: one of Latin letters, and beside it the title in Thai."""
    plain = f"{entry.dataset.slug}-{number}-{offer.name}.{offer.format}"
    title = offer.title.th or entry.dataset.title.th
    said = f'attachment; filename="{plain}"'
    thai = content_disposition_header(True, f"{title}.{offer.format}".replace("/", "-")) if title else None
    encoded = (thai or "").partition("filename*=")[2]
    return f"{said}; filename*={encoded}" if encoded else said


def links(entry: Entry, number: int | None) -> str:
    """Return the license, the permanent address and the description of what is sent."""
    dataset = f"{settings.SITE_URL}{entry.path}"
    cited = f"{dataset}{number}/" if number else dataset
    said = [
        f'<{cited}>; rel="cite-as"',
        f'<{dataset}{number or LATEST}/datapackage.json>; rel="describedby"; type="application/json"',
    ]
    if license_text := LICENSE_TEXTS.get(License(entry.dataset.license)):
        said.insert(0, f'<{license_text}>; rel="license"')
    return ", ".join(said)
