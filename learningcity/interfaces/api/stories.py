"""Good practices, and the sources on which everything rests."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from learningcity.cities.enums import Theme
from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import among, where, year
from learningcity.interfaces.api.fields import (
    beneath,
    code,
    day,
    links,
    pair,
    plainly,
    reference,
    source,
    surely,
    vague,
)
from learningcity.interfaces.api.resources import Resource
from learningcity.practices.enums import Point
from learningcity.practices.models import Answer, Figure, Practice
from learningcity.sources.enums import SourceKind
from learningcity.sources.models import Source

PRACTICES = Resource(
    name="practices",
    one="Practice",
    about=_("What cities do well and others could do too."),
    records=Practice.objects.all,
    fields=(
        surely("slug", schemas.STRING),
        reference("city", "city", "cities"),
        surely("position", schemas.INTEGER),
        pair("title"),
        pair("summary"),
        code("theme", Theme),
        surely("original", schemas.STRING),
        source(),
        beneath(
            "answers",
            "practice__slug",
            lambda: Answer.objects.order_by("point", "pk"),
            [code("point", Point), pair("text"), surely("original", schemas.STRING), source()],
        ),
        beneath(
            "figures",
            "practice__slug",
            lambda: Figure.objects.order_by("position", "pk"),
            [
                surely("observation", schemas.INTEGER, "observation_id"),
                reference("indicator", "observation__indicator", "indicators"),
                source("observation__source"),
            ],
        ),
        links("practices", "/practices/{}/"),
    ),
    filters=(
        where("city", "city__slug", _("The key of a city.")),
        among("theme", Theme, _("One of the three themes of UNESCO GNLC.")),
        where("source", "source__slug", _("The key of a source.")),
    ),
)

SOURCES = Resource(
    name="sources",
    one="SourceRecord",
    about=_("Every document, page and dataset on which a fact here rests."),
    records=Source.objects.all,
    fields=(
        surely("slug", schemas.STRING),
        code("kind", SourceKind),
        pair("title"),
        pair("publisher"),
        plainly("url", schemas.STRING),
        surely("original", schemas.STRING),
        vague("published", "published_on", "published_precision"),
        day("seen_on"),
        plainly("license", schemas.STRING),
        pair("note"),
        links("sources", "/sources/{}/"),
    ),
    filters=(
        among("kind", SourceKind, _("What kind of source.")),
        year("year", "published_on__year", _("The Christian year in which it was published.")),
    ),
)

RESOURCES = (PRACTICES, SOURCES)
