from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def city_print(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def city_profile(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def city_card(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def city_icon(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()
