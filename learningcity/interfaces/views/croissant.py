"""Datasets for those who teach machines."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from learningcity.interfaces.actions.allowances import RECORD
from learningcity.interfaces.exports.croissant import dataset_as_croissant
from learningcity.interfaces.views.dcat import refusal, too_often
from learningcity.interfaces.views.limiting import limited
from learningcity.opendata.queries import catalog, entry_of, withdrawn


@csrf_exempt
@login_not_required
@require_safe
@limited(too_often, RECORD)
def croissant(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one dataset as Croissant."""
    if dataset := catalog().filter(slug=slug).first():
        response = JsonResponse(
            dataset_as_croissant(entry_of(dataset)),
            json_dumps_params={"ensure_ascii": False},
            content_type="application/ld+json; charset=utf-8",
        )
        response["Access-Control-Allow-Origin"] = "*"
        return response
    if withdrawn().filter(slug=slug, category="public").exists():
        return refusal(410, "This dataset was withdrawn; its page says why.")
    return refusal(404, "There is no such dataset.")
