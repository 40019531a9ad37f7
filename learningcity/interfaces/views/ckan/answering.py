"""How every action is called and answered, to the letter: clients look at nothing else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def action(request: HttpRequest, name: str) -> HttpResponse:
    return JsonResponse(f"Bad request - Action name not known: {name.strip('/')}", safe=False, status=400)
