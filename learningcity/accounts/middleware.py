"""A password alone opens nothing to those who could do harm to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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
