"""What may stand behind the question mark of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, BeforeValidator, Field as Parameter, create_model

from learningcity.interfaces.api.problems import Problem

USUAL, MOST = 100, 1_000
SLUG = r"^[A-Za-z0-9_-]+$"
# What no address may hold, and what a cursor is made of.
READABLE, CURSOR = "^[^\\x00\ufffd]+$", r"^[A-Za-z0-9_:.=-]+$"
COLUMNS = r"^[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*$"
LONGEST = 200
Asked = BaseModel
Parameters = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A parameter by which a list becomes shorter."""

    name: str
    parameter: Any
    narrow: Callable[[QuerySet[Any], Any], QuerySet[Any]]


def digits(value: Any) -> Any:
    """Take a number only as everybody writes it; Python would take spaces, underscores and 5.0 as well.

    :raises ValueError: for anything else.
    """
    if not isinstance(value, str) or not re.fullmatch("[0-9]{1,18}", value):
        raise ValueError("This must be a whole number in digits.")
    return int(value)


Whole = Annotated[int, BeforeValidator(digits)]
Yes = Literal["true", "false"]


def whole(least: int, most: int, about: str, usual: int = 0) -> Any:
    return Whole, Parameter(usual, ge=least, le=most, description=about)


def word(about: str, longest: int = LONGEST) -> Any:
    return str, Parameter("", min_length=1, max_length=longest, pattern=READABLE, description=about)


def written(pattern: str, about: str, longest: int) -> Any:
    """Return a parameter of a form of its own."""
    return str, Parameter("", min_length=1, max_length=longest, pattern=pattern, description=about)


def cursor() -> Any:
    about = _("Where the page begins: taken from `next` of the page before, as it is.")
    return written(CURSOR, about, 400)


def slug(about: str) -> Any:
    return str, Parameter("", pattern=SLUG, max_length=100, description=about)


def choice(values: Iterable[str], about: str) -> Any:
    return Literal[tuple(values)], Parameter("", description=about)


def yes(about: str) -> Any:
    return Yes, Parameter("false", description=about)


def some_of(names: Iterable[str], about: str) -> Any:
    """Return a parameter that takes several of these names, with commas between."""
    one = "|".join(map(re.escape, names))
    return str, Parameter("", pattern=f"^({one})(,({one}))*$", max_length=500, description=about)


def where(name: str, lookup: str, about: str) -> Filter:
    """Return the filter by the key of another record."""
    return Filter(name=name, parameter=slug(about), narrow=lambda found, value: found.filter(**{lookup: value}))


def among(name: str, words: Any, about: str, lookup: str = "") -> Filter:
    """Return the filter by a word out of few."""
    return Filter(
        name=name,
        parameter=choice(map(str, words.values), about),
        narrow=lambda found, value: found.filter(**{lookup or name: value}),
    )


def year(name: str, lookup: str, about: str) -> Filter:
    """Return the filter by a Christian year."""
    return Filter(
        name=name,
        parameter=whole(1, 2200, about),
        narrow=lambda found, value: found.filter(**{lookup: value}),
    )


FIELDS = _("Names of the fields that you want, with commas between; without it, all.")


def for_one(name: str, fields: Iterable[str]) -> type[Asked]:
    """Return what may be asked of one record."""
    return create_model(f"One{name}", fields=some_of(fields, FIELDS))


def for_many(name: str, fields: Iterable[str], **more: Any) -> type[Asked]:
    """Return what may be asked of a list."""
    parameters = {
        **more,
        "fields": some_of(fields, FIELDS),
        "limit": whole(1, MOST, _("How many records on a page, 1,000 at most."), USUAL),
        "cursor": cursor(),
        "total": yes(_("Whether to count all records of the list; it costs time.")),
    }
    return create_model(f"Many{name}", **parameters)


def refuse_strange(request: HttpRequest, asked: type[Asked], repeated: Iterable[str] = ()) -> None:
    """Refuse a parameter that nobody knows, or one that is said twice: it was meant to change something.

    :raises Problem: naming each of them.
    """
    known = asked.model_fields
    errors = [
        (name[:LONGEST], "There is no such parameter.") if name not in known else (name, "It is said more than once.")
        for name, values in request.GET.lists()
        if name not in known or (len(values) > 1 and name not in repeated)
    ]
    if errors:
        raise Problem(400, f"This address takes: {', '.join(known) or 'no parameters'}.", errors)


def fields_in(asked: Any) -> set[str]:
    """Return the fields that somebody wants; none for all."""
    return set(asked.fields.split(",")) if asked.fields else set()
