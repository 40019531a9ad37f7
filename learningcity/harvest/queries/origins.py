"""Origins, and the hosts that may be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from learningcity.accounts.models import User
from learningcity.harvest.enums import DAYS_BETWEEN, OPEN, Outcome
from learningcity.harvest.models import Copy, Finding, Host, Origin, Run, Twin
from learningcity.moderation.registry import authority
from learningcity.opendata.models import Dataset


def hosts() -> QuerySet[Host]:
    """Return the hosts that may be asked."""
    return Host.objects.select_related("allowed_by").order_by("name")


def allowed_hosts() -> frozenset[str]:
    """Return the names of the hosts that may be asked."""
    return frozenset(Host.objects.values_list("name", flat=True))


def origins_visible_to(user: User) -> QuerySet[Origin]:
    """Return the origins of the places that a person works for, each with its last run."""
    latest = Run.objects.filter(origin=OuterRef("pk")).order_by("-begun_at", "-pk").values("pk")[:1]
    found = Origin.objects.annotate(last=Subquery(latest)).order_by("title", "pk")
    places = authority().places_of(user)
    found = found if places is None else found.filter(place__in=places)
    shown = Run.objects.filter(pk__in=found.values("last"))
    return found.prefetch_related(Prefetch("runs", queryset=shown, to_attr="latest"))


def due_origins(now: dt.datetime) -> Iterator[Origin]:
    """Return the origins that it is time to harvest."""
    for often, days in DAYS_BETWEEN.items():
        # An hour less, so that the hour of the clock does not wander.
        since = now - dt.timedelta(days=days, hours=-1)
        recent = Run.objects.filter(origin=OuterRef("pk"), begun_at__gt=since)
        found = Origin.objects.filter(active=True, often=often).exclude(pk__in=recent.values("origin"))
        yield from found.exclude(runs__state__in=OPEN).order_by("pk")


def runs_of(origin: Origin) -> QuerySet[Run]:
    """Return the runs of an origin, the latest first."""
    return origin.runs.select_related("by").order_by("-begun_at", "-pk")


def gone_copies(origin: Origin) -> QuerySet[Copy]:
    """Return the copies whose record is gone and whose dataset still stands here."""
    found = origin.copies.filter(gone_at__isnull=False, dataset__withdrawn_at__isnull=True)
    return found.select_related("dataset").order_by("-gone_at", "pk")


def copies_to_look_after(user: User) -> QuerySet[Copy]:
    """Return what was taken over for the places that a person works for and nobody looked after yet, newest first."""
    found = Copy.objects.filter(looked_at__isnull=True, dataset__withdrawn_at__isnull=True)
    places = authority().places_of(user)
    found = found if places is None else found.filter(dataset__place__in=places)
    return found.select_related("dataset", "origin").order_by("-taken_at", "-pk")


def twins_in(origin: Origin) -> QuerySet[Twin]:
    """Return the records of a catalog that stand here already, because another catalog brought them."""
    return origin.twins.select_related("origin", "copy__dataset", "copy__origin").order_by("title", "pk")


def copy_of(dataset: Dataset) -> Copy | None:
    """Return where a dataset was taken over from, with the other catalogs in which it stands; None for one of our own."""
    return (
        Copy.objects.filter(dataset=dataset)
        .select_related("origin", "looked_by")
        .prefetch_related("twins__origin")
        .first()
    )


def findings_of(run: Run, outcome: str = "") -> QuerySet[Finding]:
    """Return what a run found, all of it or with one outcome."""
    found = run.findings.select_related("dataset").defer("record", "parts").order_by("pk")
    return found.filter(outcome=outcome) if outcome in Outcome.values else found
