"""How often programs may ask at the addresses that speak a standard; each says "too often" in the manner of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from learningcity.interfaces.actions.allowances import QUESTION, Allowance, UnknownKey, allow
from learningcity.interfaces.forms.asker import asker_of

View = Callable[..., HttpResponseBase]
Refusal = Callable[[str], HttpResponse]


def limited(refuse: Refusal, price: int | Callable[[HttpRequest], int] = QUESTION) -> Callable[[View], View]:
    """Let a view answer only as often as one may ask; ``refuse`` makes the other answer of a sentence."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            spent = spent_by(request, price if isinstance(price, int) else price(request))
            return with_pause(refuse(sentence(spent)), spent) if spent else view(request, *args, **named)

        return answer

    return decorated


def spent_by(request: HttpRequest, price: int) -> Allowance | None:
    """Take what a question costs from what somebody may ask; return it if nothing was left, and nothing otherwise.

    A key that is none of ours is passed over: harvesters send the one of whichever catalog they know.
    """
    asker = asker_of(request)
    try:
        allowance = allow(asker, price)
    except UnknownKey:
        return None
    return allowance if allowance.is_spent else None


def with_pause(response: HttpResponse, spent: Allowance) -> HttpResponse:
    """Say in an answer when one may ask again."""
    for name, value in {"Retry-After": str(spent.seconds), **spent.headers()}.items():
        response[name] = value
    # Django writes a line for each, and for the 503 of OAI-PMH one that calls somebody; nothing is broken, and a flood must
    # not fill the log.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response


def sentence(spent: Allowance) -> str:
    return f"{spent.limit} such questions in a minute are the limit. Ask again in {spent.seconds} seconds."
