"""Cities, practices, sources, awards and plans as rows of a file: no more than their pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learningcity.awards.models import Category, Edition
from learningcity.cities.models import City
from learningcity.cities.queries import attach_stage
from learningcity.common.thai.dates import iso_date
from learningcity.plans.models import Plan
from learningcity.practices.models import Practice
from learningcity.sources.models import Source
from learningcity.sources.queries import facts_per_source

Rows = Iterator[tuple[Any, ...]]
# What is counted for every row is counted for so many at once.
TOGETHER = 500


def together(records: Iterable[Any]) -> Iterator[list[Any]]:
    """Return records in lists of some hundreds."""
    remaining = iter(records)
    return iter(lambda: list(islice(remaining, TOGETHER)), [])


def called(model: type[Model], *fields: str) -> list[str]:
    """Return how fields of a model are called, as headings."""
    return [capfirst(str(model._meta.get_field(name).verbose_name)) for name in fields]  # type: ignore[union-attr]


def dated(date: dt.date | None, precision: str) -> str:
    """Return a date for machines, no more exact than it is known; nothing for none."""
    return iso_date(date, precision) if date else ""


def city_headings() -> list[str]:
    """Return the headings of the list of cities."""
    return [
        *called(City, "name_th", "name_en"),
        _("Other names"),
        *called(City, "kind", "province"),
        _("Region"),
        _("Stage"),
        _("In UNESCO’s network since"),
        *called(City, "latitude", "longitude", "location_source"),
        _("Key"),
    ]


def city_rows(cities: Iterable[City], on: dt.date) -> Rows:
    """Return cities, which bring their other names, as rows as they stand on this day."""
    for some in together(cities):
        attach_stage(some, on=on)
        for one in some:
            yield (
                one.name_th,
                one.name_en,
                "; ".join(one.also_called),
                one.get_kind_display(),
                one.province.name,
                one.province.get_region_display(),
                one.stage.label,
                dated(one.since, one.since_precision),
                one.latitude,
                one.longitude,
                one.location_source.title if one.location_source else "",
                one.slug,
            )


def practice_headings() -> list[str]:
    """Return the headings of the list of practices."""
    told = called(Practice, "title_th", "title_en", "city", "theme", "summary_th", "summary_en")
    return [*told, _("Source"), _("Key")]


def practice_rows(practices: Iterable[Practice]) -> Rows:
    """Return practices as rows."""
    for one in practices:
        theme, source = one.get_theme_display(), one.source.title
        yield (one.title_th, one.title_en, one.city.name, theme, one.summary_th, one.summary_en, source, one.slug)


def source_headings() -> list[str]:
    """Return the headings of the list of sources."""
    told = called(Source, "publisher_th", "publisher_en", "kind", "published_on", "license", "url", "seen_on")
    return [_("Title in Thai"), _("Title in English"), *told, _("Facts"), _("Key")]


def source_rows(sources: Iterable[Source]) -> Rows:
    """Return sources as rows, each with how many facts rest on it."""
    for some in together(sources):
        facts = facts_per_source(*some)
        for one in some:
            yield (
                one.title_th,
                one.title_en,
                one.publisher_th,
                one.publisher_en,
                one.get_kind_display(),
                dated(one.published_on, one.published_precision),
                one.license,
                one.url,
                one.seen_on,
                facts[one.pk],
                one.slug,
            )


def category_headings() -> list[str]:
    """Return the headings of the list of awards, which has a row for each category."""
    told = called(Category, "name_th", "name_en", "text_th", "text_en")
    return [_("Awards"), *called(Edition, "held_on", "venue_th", "venue_en"), *told, _("Source"), _("Key")]


def category_rows(editions: Iterable[Edition]) -> Rows:
    """Return the categories of editions as rows; an edition without any has one row."""
    for edition in editions:
        head = (edition.name, dated(edition.held_on, edition.held_precision), edition.venue_th, edition.venue_en)
        end = (edition.source.title, edition.slug)
        for one in list(edition.categories.all()) or [Category()]:
            yield (*head, one.name_th, one.name_en, one.text_th, one.text_en, *end)


def plan_headings() -> list[str]:
    """Return the headings of the list of plans."""
    told = [_("City"), _("Title in Thai"), _("Title in English"), *called(Plan, "starts_on", "ends_on")]
    return [*told, _("Objectives"), _("Targets"), _("Actions"), capfirst(_("done")), _("Source")]


def plan_rows(plans: Iterable[Any]) -> Rows:
    """Return plans, which bring their numbers, as rows."""
    for one in plans:
        yield (
            one.city.name,
            one.title_th,
            one.title_en,
            dated(one.starts_on, one.starts_precision),
            dated(one.ends_on, one.ends_precision),
            one.objective_count,
            one.target_count,
            one.action_count,
            one.done_count,
            one.source.title if one.source else "",
        )
