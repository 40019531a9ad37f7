"""Indicators for statisticians."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from learningcity.common.sending import FOR_A_MINUTE, for_programs, sent
from learningcity.interfaces.exports.sdmx import MEDIA_TYPE, sdmx_csv
from learningcity.interfaces.views.dcat import refusal
from learningcity.opendata.queries import written_file_of
from learningcity.opendata.registry import publication_named


@for_programs
def sdmx(request: HttpRequest) -> HttpResponseBase:
    """Give the numbers of all indicators as SDMX-CSV."""
    observations = publication_named("observations")
    if observations is None:
        return refusal(404, "No indicator is published.")
    ready = written_file_of(observations, "sdmx", MEDIA_TYPE, sdmx_csv)
    answer = sent(request, ready.path, ready.mark, ready.media_type)
    answer["Cache-Control"] = FOR_A_MINUTE
    answer["Content-Disposition"] = 'attachment; filename="indicators.sdmx.csv"'
    return answer
