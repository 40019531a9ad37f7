"""The lists of partners, agreements and promises as rows of a file: both languages, and no more than the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from learningcity.common.thai.dates import iso_date
from learningcity.partners.models import Organization
from learningcity.portal.queries.partners import AgreementLine, Promise

Rows = Iterator[tuple[Any, ...]]


def organization_headings() -> list[str]:
    """Return the headings of the list of organizations."""
    return [_("Name in Thai"), _("Name in English"), _("Other names"), _("Sector"), _("Kind"), _("Home city"), _("Key")]


def organization_rows(organizations: Iterable[Organization]) -> Rows:
    """Return organizations as rows; whom to call there is in none of them."""
    for one in organizations:
        home = one.home.name if one.home else ""
        kind = one.get_kind_display()
        yield (one.name_th, one.name_en, "; ".join(one.aliases), one.get_sector_display(), kind, home, one.slug)


def agreement_headings() -> list[str]:
    """Return the headings of the list of agreements."""
    return [
        _("Title in Thai"),
        _("Title in English"),
        _("City"),
        _("Signed"),
        _("Valid to"),
        _("How it stands"),
        _("Partners announced"),
        _("Partners entered"),
        _("Goals announced"),
        _("Goals entered"),
        _("Key"),
    ]


def agreement_rows(lines: Iterable[AgreementLine]) -> Rows:
    """Return agreements as rows; of several announced numbers all stand in one cell."""
    for line in lines:
        one = line.agreement
        yield (
            one.title_th,
            one.title_en,
            one.city.name,
            iso_date(one.signed_on, one.signed_precision) if one.signed_on else "",
            one.ends_on,
            line.standing.label,
            announced(line.parties),
            line.parties.entered,
            announced(line.goals),
            line.goals.entered,
            one.slug,
        )


def announced(tally: Any) -> str:
    """Return the announced numbers with the words that go with them."""
    said = [(number.qualifier, number.get_qualifier_display(), f"{number.value:f}") for number in tally.announced]
    return "; ".join(
        f"{words} {value}" if qualifier != "exact" else value
        for qualifier, words, value in ((q, w, v.rstrip("0").rstrip(".")) for q, w, v in said)
    )


def promise_headings() -> list[str]:
    """Return the headings of the list of promises."""
    return [
        _("Organization"),
        _("City"),
        _("What is given"),
        _("How much"),
        _("Unit"),
        _("Promise in Thai"),
        _("Promise in English"),
        _("Due on"),
        _("What became of it"),
        _("Settled on"),
        _("Key"),
    ]


def promise_rows(promises: Iterable[Promise]) -> Rows:
    """Return promises as rows."""
    for promise in promises:
        one = promise.commitment
        yield (
            one.organization.name,
            one.city.name,
            one.get_kind_display(),
            one.amount,
            one.unit,
            one.text_th,
            one.text_en,
            one.due_on,
            promise.outcome.label,
            one.settled_on,
            one.slug,
        )
