"""The ``fq`` of package_search: what harvesters of CKAN really send, and an error for everything else.

Terms stand side by side and must all be true. ``a OR b`` binds its terms together, as those who send it mean it. To
leave out what is not understood would give a harvester other data than it asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef, Q

from learningcity.cities.models import City
from learningcity.interfaces.queries.ckan.names import license_id
from learningcity.interfaces.queries.ckan.problems import SearchQueryError
from learningcity.opendata.enums import GDC, Category, DataType, License
from learningcity.opendata.models import Distribution, Version
from learningcity.opendata.queries import NETWORK, TABLE_FORMATS
from learningcity.opendata.registry import publications

MOST_TERMS, LONGEST = 100, 20_000
TERM = re.compile(
    r"""(?P<sign>[-+]?)(?P<field>[a-z_]+):
    (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | \[(?P<low>[^\s\[\]]+)\ TO\ (?P<high>[^\s\[\]]+)\] | (?P<bare>[^\s"()\[\]{}:*?~^\\]+) )
    (?=\s|$)""",
    re.VERBOSE,
)
SPACE = re.compile(r"\s*")


def read(text: str) -> Q:
    """Return the condition that a filter sets.

    :raises SearchQueryError: if it says anything else than what is understood here.
    """
    if len(text) > LONGEST:
        raise SearchQueryError("Search Query is invalid: it is too long")
    found = Q()
    for group in _groups(text):
        together = Q()
        for term in group:
            together |= _condition(term)
        found &= together
    return found


def _groups(text: str) -> Iterator[list[re.Match[str]]]:
    """Return the terms, those bound by OR in one list."""
    group: list[re.Match[str]] = []
    is_bound = False
    for count, term in enumerate(_terms(text)):
        if count > MOST_TERMS:
            raise _misunderstood("too many terms")
        if term is None:
            if not group or is_bound:
                raise _misunderstood("OR stands between two terms")
            is_bound = True
            continue
        if not is_bound and group:
            yield group
            group = []
        group.append(term)
        if len(group) > 1 and any(one["sign"] == "-" for one in group):
            raise _misunderstood("what is left out cannot stand beside OR")
        is_bound = False
    if is_bound:
        raise _misunderstood("OR stands between two terms")
    if group:
        yield group


def _terms(text: str) -> Iterator[re.Match[str] | None]:
    """Return each term, and None for each OR."""
    at = SPACE.match(text).end()  # type: ignore[union-attr]
    while at < len(text):
        if re.compile(r"OR\s").match(text, at):
            yield None
            at += 2
        elif term := TERM.match(text, at):
            yield term
            at = term.end()
        else:
            raise _misunderstood(text[at : at + 80])
        at = SPACE.match(text, at).end()  # type: ignore[union-attr]


def _condition(term: re.Match[str]) -> Q:
    field = term["field"]
    if term["low"] is not None:
        if field != "metadata_modified":
            raise _misunderstood(f"{field} takes no range")
        condition = _between(term["low"], term["high"])
    elif field not in FIELDS:
        raise _misunderstood(f"field {field!r} is not known")
    else:
        value = re.sub(r"\\(.)", r"\1", term["quoted"]) if term["quoted"] is not None else term["bare"]
        condition = FIELDS[field](value)
    return ~condition if term["sign"] == "-" else condition


def _misunderstood(what: str) -> SearchQueryError:
    return SearchQueryError(f"Search Query is invalid: {what!r}")


def _between(low: str, high: str) -> Q:
    condition = Q()
    if low != "*":
        condition &= Q(changed_at__gte=_moment(low))
    if high != "*":
        condition &= Q(changed_at__lte=_moment(high))
    return condition


def _moment(text: str) -> dt.datetime:
    try:
        read = dt.datetime.fromisoformat(text)
        return read.astimezone(dt.UTC) if read.tzinfo else read.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError) as problem:
        raise _misunderstood(text) from problem


def _of_owner(name: str) -> Q:
    if name == NETWORK:
        return ~Q(place__in=City.objects.values("slug"))
    return Q(place=name) & Q(place__in=City.objects.filter(slug=name).values("slug"))


def _of_group(name: str) -> Q:
    return Q(data_type=name) if name in DataType.values else Q(pk__in=[])


def _with_tag(name: str) -> Q:
    return Q(keywords_th__contains=[name]) | Q(keywords_en__contains=[name])


def _with_license(name: str) -> Q:
    return Q(license__in=[one for one in License.values if name in (one, license_id(one))])


def _with_format(name: str) -> Q:
    """Return what is offered in this kind of file: what the platform knows, and what lies in the newest version."""
    form = name.lower()
    live = [one.name for one in publications() if form in TABLE_FORMATS or (form == "geojson" and one.has_places)]
    newest = Version.objects.filter(dataset=OuterRef(OuterRef("pk"))).order_by("-number").values("pk")[:1]
    parts = Distribution.objects.filter(version=newest)
    offered = parts.filter(format=form)
    if form in TABLE_FORMATS:
        offered = parts.filter(Q(format=form) | Q(table__isnull=False))
    return Q(publication__in=live) | Q(Exists(offered), publication="")


def _everything(*words: str) -> Callable[[str], Q]:
    """Return the condition of what is the same for all datasets here."""
    return lambda word: Q(pk__isnull=False) if word in words else Q(pk__in=[])


def _that_may_be_harvested(word: str) -> Q:
    """Return what the government catalogue may take over, or may not; CKAN keeps it as a text."""
    return Q(allow_harvest=word == "True") if word in ("True", "False") else Q(pk__in=[])


FIELDS: dict[str, Callable[[str], Q]] = {
    "organization": _of_owner,
    "groups": _of_group,
    "tags": _with_tag,
    "res_format": _with_format,
    "license_id": _with_license,
    "allow_harvest": _that_may_be_harvested,
    "data_category": _everything(GDC[Category][Category.PUBLIC]),
    # What CKAN's own pages add to every question.
    **{name: _everything("dataset") for name in ("type", "dataset_type")},
    "state": _everything("active"),
    "private": _everything("false", "False"),
}
