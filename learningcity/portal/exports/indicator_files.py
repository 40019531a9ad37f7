"""An indicator as a picture that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from learningcity.opendata.models import Indicator
from learningcity.portal.exports.charts import LIGHT
from learningcity.portal.exports.indicator_charts import (
    LOW,
    TALL,
    Chart,
    chart_of_latest,
    chart_over_time,
    picture_of,
)
from learningcity.portal.exports.network import Tone
from learningcity.portal.queries.indicators import Place, sources_told


def picture_of_indicator(indicator: Indicator, places: Sequence[Place], tone: Tone = LIGHT) -> str:
    """Return everything that is drawn of an indicator as one picture."""
    several = [place for place in places if place.dates > 1]
    height = TALL if len(several) == 1 else LOW
    over_time = [(place, chart_over_time(indicator, [place], height, tone)) for place in several]
    latest = chart_of_latest(indicator, places, tone)
    drawn = [
        *([latest] if latest else []),
        *(replace(chart, heading=place.of.name) for place, chart in over_time if chart),
    ]
    count = len(sources_told(places))
    told = ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}
    foot = f"{told}: {settings.SITE_URL}{reverse('indicator', args=[indicator.slug])}"
    title = f"{indicator.name} ({indicator.unit})" if indicator.unit else str(indicator.name)
    return picture_of(title, drawn or [_without(places)], foot, tone)


def _without(places: Sequence[Place]) -> Chart:
    """Return what stands in a picture of one number or of none: that there is nothing to compare."""
    words = _("There is only one number so far.") if places else _("There is no number yet.")
    return Chart(words, words, SafeString(), 20, frozenset())
