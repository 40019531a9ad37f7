"""Whom a number counts, in words."""

from __future__ import annotations

from typing import Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learningcity.common.text import LocalText
from learningcity.opendata.enums import Disability, Sex


class Counted(Protocol):
    """What says whom it counts: an observation, or a row of a table of some."""

    sex: str
    age_from: int | None
    age_to: int | None
    district: LocalText
    disability: str


def people_counted(number: Counted) -> str:
    """Return whom a number counts, the place first; "All" for everybody."""
    told = [
        str(number.district) if number.district else "",
        str(Sex(number.sex).label) if number.sex else "",
        age_group(number.age_from, number.age_to),
        str(Disability(number.disability).label) if number.disability else "",
    ]
    return capfirst(", ".join(filter(None, told))) or _("All")


def age_group(start: int | None, end: int | None) -> str:
    """Return an age group in words; nothing for all ages."""
    if start is None:
        return ""
    if end is None:
        return _("%(age)s years and over") % {"age": start}
    if start == end:
        return _("%(age)s years old") % {"age": start}
    return _("%(start)s–%(end)s years") % {"start": start, "end": end}
