"""What happened lately in the cities, and what was lately changed on this site."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.audit.models import Entry
from learningcity.awards.models import Edition
from learningcity.cities.models import City, MembershipStatus, Milestone
from learningcity.moderation.models import Revision
from learningcity.moderation.queries import latest_revisions
from learningcity.moderation.registry import address_of, kind_named

# Of all that the audit keeps, only this concerns everybody; the rest is about people and their accounts.
PUBLIC_ACTIONS = ("load data",)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new: its key never changes."""

    key: str
    at: dt.datetime
    title: str
    text: str
    address: str


def latest_changes(most: int) -> list[Change]:
    """Return the latest changes in the reader's language, newest first."""
    today = timezone.localdate()
    found = [
        *_milestones(today, most),
        *_memberships(today, most),
        *_editions(today, most),
        *_published_entries(most),
        *_publications(most),
    ]
    return nlargest(most, found, key=lambda change: (change.at, change.key))


def _milestones(today: dt.date, most: int) -> Iterator[Change]:
    latest = Milestone.objects.filter(happened_on__lte=today).order_by("-happened_on", "-pk")
    for milestone in latest.select_related("city")[:most]:
        city = milestone.city
        yield Change(
            key=f"milestone/{city.slug}/{milestone.slug}",
            at=_start_of(milestone.happened_on),
            title=str(city.name),
            text=str(milestone.text),
            address=f"{reverse('city', args=[city.slug])}#timeline",
        )


def _memberships(today: dt.date, most: int) -> Iterator[Change]:
    latest = MembershipStatus.objects.filter(starts_on__lte=today).order_by("-starts_on", "-pk")
    for status in latest.select_related("membership__city", "membership__network")[:most]:
        city, network = status.membership.city, status.membership.network
        yield Change(
            key=f"membership/{city.slug}/{network.slug}/{status.starts_on}",
            at=_start_of(status.starts_on),
            title=str(city.name),
            text=f"{network.name}: {status.get_state_display()}",
            address=reverse("city", args=[city.slug]),
        )


def _editions(today: dt.date, most: int) -> Iterator[Change]:
    for edition in Edition.objects.filter(held_on__lte=today).order_by(F("held_on").desc(), "-pk")[:most]:
        yield Change(
            key=f"award/{edition.slug}",
            at=_start_of(edition.held_on),  # type: ignore[arg-type]
            title=str(edition.name),
            text=str(edition.summary),
            address=reverse("award", args=[edition.slug]),
        )


def _published_entries(most: int) -> Iterator[Change]:
    for entry in Entry.objects.filter(action__in=PUBLIC_ACTIONS).order_by("-pk")[:most]:
        counts = entry.detail.get("files", {}).values()
        numbers = {
            "added": sum(added for added, _changed in counts),
            "changed": sum(changed for _added, changed in counts),
        }
        yield Change(
            key=f"data/{entry.pk}",
            at=entry.at,
            title=_("The data of this site were updated"),
            text=_("%(added)s records added, %(changed)s changed.") % numbers,
            address=reverse("sources"),
        )


def _publications(most: int) -> Iterator[Change]:
    """Return what cities and the secretariat published here: of what, and not who did it."""
    published = list(latest_revisions(None).exclude(values={})[:most])
    names = {city.slug: city.name for city in City.objects.filter(slug__in={one.place for one in published})}
    records = _records_behind(published)
    for one in published:
        # What was taken off the site since has no page any more.
        record = records.get((one.kind, one.key))
        if record is not None and (address := address_of(one.kind, record)):
            kind = kind_named(one.kind)
            yield Change(
                key=f"publication/{one.pk}",
                at=one.at,
                title=str(names.get(one.place) or _("the whole network")),
                text=f"{kind.label}: {kind.title_of(record)}",
                address=address,
            )


def _records_behind(revisions: list[Revision]) -> dict[tuple[str, str], Any]:
    """Return what there is of these records, by kind and key, in one query for each kind."""
    found: dict[tuple[str, str], Any] = {}
    for name in {one.kind for one in revisions}:
        kind, keys = kind_named(name), {one.key for one in revisions if one.kind == name}
        for record in kind.model._default_manager.select_related(*kind.follows).filter(pk__in=keys):
            found[name, str(record.pk)] = record
    return found


def _start_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())
