from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
