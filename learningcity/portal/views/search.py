from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
