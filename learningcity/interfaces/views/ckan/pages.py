"""The pages of a CKAN site that its clients look at: each leads to the page that is it here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from learningcity.interfaces.queries.ckan.owners import organization_named
from learningcity.interfaces.queries.ckan.problems import NotFound
from learningcity.interfaces.views.ckan.packages import dataset_named
from learningcity.interfaces.views.ckan.resources import offer_named
from learningcity.opendata.enums import DataType

CATALOG = "/data/"
# What CKAN lists on pages of their own; here the catalog shows them all.
LISTS = ("dataset", "organization", "group")


@login_not_required
@require_safe
def ckan_catalog(request: HttpRequest) -> HttpResponse:
    """Lead to the catalog."""
    return HttpResponsePermanentRedirect(CATALOG)


@login_not_required
@require_safe
def ckan_version(request: HttpRequest) -> JsonResponse:
    """Say which API this is, as the root of CKAN's does."""
    return JsonResponse({"version": 3}, headers={"Access-Control-Allow-Origin": "*"})


@login_not_required
@require_safe
def ckan_dataset(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to the page of a dataset, by its name or id."""
    try:
        return HttpResponsePermanentRedirect(f"{CATALOG}{dataset_named(name).slug}/")
    except NotFound as problem:
        raise Http404 from problem


@login_not_required
@require_safe
def ckan_resource(request: HttpRequest, name: str, uid: str) -> HttpResponse:
    """Lead to a file."""
    try:
        return HttpResponsePermanentRedirect(offer_named(uid)[1].path)
    except NotFound as problem:
        raise Http404 from problem


@login_not_required
@require_safe
def ckan_organization(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to what one publishes."""
    found = organization_named(name)
    if found is None:
        raise Http404
    return HttpResponsePermanentRedirect(f"{CATALOG}?{urlencode({'place': found[0].slug})}")


@login_not_required
@require_safe
def ckan_group(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to one kind of data."""
    if name not in DataType.values:
        raise Http404
    return HttpResponsePermanentRedirect(f"{CATALOG}?{urlencode({'data_type': name})}")
