"""Indicators for statisticians."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from learningcity.interfaces.exports.sdmx import MEDIA_TYPE, sdmx_csv
from learningcity.interfaces.views.dcat import refusal
from learningcity.opendata.registry import publication_named


@login_not_required
@require_safe
def sdmx(request: HttpRequest) -> HttpResponseBase:
    """Give the numbers of all indicators as SDMX-CSV."""
    observations = publication_named("observations")
    if observations is None:
        return refusal(404, "No indicator is published.")
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=MEDIA_TYPE)
    else:
        response = StreamingHttpResponse(sdmx_csv(observations), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="indicators.sdmx.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
