"""What happens to requests of people who sign in, or are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from learningcity.accounts.queries import has_second_factor, must_have_second_factor

Handler = Callable[[HttpRequest], HttpResponse]
# Setting one up, proving who one is for that, and leaving. An address that is not proven must be proven first.
ALWAYS_OPEN = {"account_logout", "account_reauthenticate", "account_email", "account_email_verification_sent"}


def require_second_factor(get_response: Handler) -> Handler:
    """Lead staff and secretariat to the set-up of their second factor before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, words: Any, named_words: Any) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or not must_have_second_factor(user) or has_second_factor(user):
            return None
        request.lacks_second_factor = True  # type: ignore[attr-defined]
        name = (request.resolver_match and request.resolver_match.view_name) or ""
        if name in ALWAYS_OPEN or name.startswith("mfa_"):
            return None
        return redirect("mfa_index")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


class KeepOurSite:
    """Take away the ``site`` that pages of django-allauth bring along: in our frame the word means something else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    # Django asks for a method here, so that this one cannot be a function.
    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        (response.context_data or {}).pop("site", None)
        return response
