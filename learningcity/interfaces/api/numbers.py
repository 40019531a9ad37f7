"""What is counted, and every number that any source gives; where sources contradict each other, all of them stay."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField
from django.utils.translation import gettext_noop as _

from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import among, where, year
from learningcity.interfaces.api.fields import (
    Field,
    Record,
    any_of,
    code,
    coded,
    links,
    number,
    pair,
    plainly,
    reference,
    source,
    surely,
    vague,
)
from learningcity.interfaces.api.resources import Resource
from learningcity.opendata.enums import Disability, Qualifier, Sex
from learningcity.opendata.models import Indicator, Observation
from learningcity.opendata.queries import Hiding, hidden_among
from learningcity.sources.enums import Certainty


def cover(rows: list[tuple[Any, Record]]) -> None:
    """Take away the values of small groups of people, and of what could be worked out from others."""
    hidden = hidden_among(Observation.objects.filter(any_of("pk", [key for key, _record in rows], BigIntegerField())))
    for key, record in rows:
        if (why := hidden.get(key)) is None:
            continue
        is_small = why == Hiding.SMALL
        instead = {
            "hiding": str(why),
            "value": settings.SMALLEST_GROUP if is_small else None,
            "qualifier": coded(Qualifier, Qualifier.LESS_THAN) if is_small else None,
            "note": {"th": None, "en": None},
        }
        record |= {name: value for name, value in instead.items() if name in record}


INDICATORS = Resource(
    name="indicators",
    one="Indicator",
    about=_("What is counted or measured, with definition and unit, alike for all cities."),
    records=Indicator.objects.all,
    example="population",
    fields=(
        surely("slug", schemas.STRING),
        pair("name"),
        pair("definition"),
        pair("unit"),
        surely("position", schemas.INTEGER),
        links("indicators", "/indicators/{}/"),
    ),
)

OBSERVATIONS = Resource(
    name="observations",
    one="Observation",
    about=_("Every number with its place, date and source. Contradicting sources all stay, each a record of its own."),
    records=Observation.objects.all,
    cover=cover,
    key="id",
    fields=(
        surely("id", schemas.INTEGER),
        reference("indicator", "indicator", "indicators"),
        reference("city", "city", "cities"),
        plainly("network", schemas.STRING, "network__slug"),
        code("qualifier", Qualifier),
        number("value"),
        pair("unit", "indicator__unit"),
        Field(name="hiding", schema=schemas.maybe(schemas.one_of(*map(str, Hiding)))),
        code("sex", Sex),
        plainly("age_from", schemas.INTEGER),
        plainly("age_to", schemas.INTEGER),
        code("disability", Disability),
        plainly("district_code", schemas.STRING),
        pair("district"),
        vague("observed", "observed_on", "observed_precision"),
        code("certainty", Certainty),
        pair("note"),
        source(),
        links("observations", "/indicators/{}/", "id", "indicator__slug"),
    ),
    filters=(
        where("city", "city__slug", _("The key of a city.")),
        where("network", "network__slug", _("The key of a network.")),
        where("indicator", "indicator__slug", _("The key of an indicator.")),
        where("source", "source__slug", _("The key of a source.")),
        year("year", "observed_on__year", _("A Christian year.")),
        among("certainty", Certainty, _("How far one may rely on it.")),
    ),
)

RESOURCES = (INDICATORS, OBSERVATIONS)
