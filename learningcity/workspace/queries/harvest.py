"""What the pages of harvesting say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import get_language, gettext as _, ngettext

from learningcity.accounts.models import User
from learningcity.cities.models import City
from learningcity.cities.queries import cities_in_order
from learningcity.harvest.enums import Outcome, Problem, State
from learningcity.harvest.models import Copy, Finding, Origin, Run, Twin
from learningcity.moderation.registry import authority


@dataclass(frozen=True, slots=True)
class Left:
    """A file that stays where it is."""

    address: str
    why: object


def run_in_words(run: Run) -> str:
    """Return what a run did in one line: 12 found, 3 new, 1 changed, 2 gone, 1 refused: no license."""
    said = [
        ngettext("%(count)s found", "%(count)s found", run.found) % {"count": f"{run.found:,}"},
        *(_counted(run, outcome) for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.GONE)),
    ]
    line = ", ".join(each for each in said if each)
    if run.refused:
        reasons = "; ".join(dict.fromkeys(reasons_of(run)))
        refused = _("%(count)s refused") % {"count": f"{run.refused:,}"}
        line = f"{line}, {refused}: {reasons}" if reasons else f"{line}, {refused}"
    return line


def _counted(run: Run, outcome: Outcome) -> str:
    count = getattr(run, outcome.value)
    words = {
        Outcome.NEW: _("%(count)s new"),
        Outcome.CHANGED: _("%(count)s changed"),
        Outcome.UNCHANGED: _("%(count)s unchanged"),
        Outcome.GONE: _("%(count)s gone"),
    }
    return words[outcome] % {"count": f"{count:,}"} if count else ""


def reasons_of(run: Run) -> Iterator[str]:
    """Return why records were refused, the most frequent reason first."""
    refused = run.findings.filter(outcome=Outcome.REFUSED)
    for finding in refused.values("reason").annotate(count=Count("pk")).order_by("-count", "reason"):
        yield str(Finding(reason=finding["reason"]).get_reason_display())


def problem_in_words(run: Run) -> str:
    """Return why a run broke off."""
    if run.state != State.FAILED:
        return ""
    return f"{run.get_problem_display()} ({run.detail})" if run.detail else str(run.get_problem_display())


def progress_in_words(run: Run) -> str:
    """Return how far a run is."""
    if run.state in (State.WAITING, State.GATHERING):
        return ngettext("%(count)s record so far", "%(count)s records so far", run.found) % {"count": f"{run.found:,}"}
    return _("%(done)s of %(found)s records are settled") % {"done": f"{run.done:,}", "found": f"{run.found:,}"}


def left_of(finding: Finding) -> list[Left]:
    """Return the files of a record that stay where they are, with the reason."""
    words = dict(Problem.choices)
    return [Left(each["address"], words.get(each["why"], each["why"])) for each in finding.left]


def counts_of(run: Run, shown: str) -> list[tuple[str, object, int, bool]]:
    """Return what can be shown of a run: name, words, how many, whether it is shown now."""
    counts = {"": run.findings.count()} | {
        each["outcome"]: each["count"] for each in run.findings.values("outcome").annotate(count=Count("pk")).order_by()
    }
    words = {"": _("all")} | {value: str(label) for value, label in Outcome.choices}
    return [(name, label, counts[name], name == shown) for name, label in words.items() if counts.get(name)]


def copies_for(copies: list[Copy], user: User) -> list[tuple[Copy, bool]]:
    """Return what was taken over, and whether this person may look after each: asked once for each catalog and place."""
    may: dict[tuple[int, str], bool] = {}
    for copy in copies:
        key = (copy.origin_id, copy.dataset.place)
        if key not in may:
            may[key] = user.has_perm("harvest.look_after", copy)
    return [(copy, may[copy.origin_id, copy.dataset.place]) for copy in copies]


def twins_for(twins: list[Twin], user: User) -> list[tuple[Twin, bool]]:
    """Return records that stand here already, and whether this person may have each followed in this catalog instead."""
    origins = {origin.pk: origin for twin in twins for origin in (twin.origin, twin.copy.origin)}
    may = {number: user.has_perm("harvest.change_origin", origin) for number, origin in origins.items()}
    return [(twin, may[twin.origin_id] and may[twin.copy.origin_id]) for twin in twins]


def last_run(origin: Origin) -> Run | None:
    """Return the last run that was fetched with an origin."""
    latest: list[Run] = getattr(origin, "latest", [])
    return latest[0] if latest else None


def places_to_harvest_for(user: User) -> list[tuple[str, object]]:
    """Return the places for which a person may harvest: slug and name."""
    places = authority().places_of(user)
    cities = City.objects.all() if places is None else City.objects.filter(slug__in=places)
    network = [("", authority().name_of(""))] if places is None else []
    return [*network, *((city.slug, city.name) for city in cities_in_order(cities, get_language() or "th"))]


def names_of_places(origins: list[Origin]) -> dict[str, object]:
    """Return what the places of origins are called, in one query."""
    cities = City.objects.filter(slug__in={origin.place for origin in origins})
    return {"": authority().name_of("")} | {city.slug: city.name for city in cities}
