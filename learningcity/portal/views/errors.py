"""What a reader sees when something did not work: what happened, and what to do next."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from learningcity.common.context import site


class NothingHere(Http404):
    """Nothing stands at this address, and the words of the exception tell the reader why."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # Django calls it a bad request, too; but its address can be read very well.
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413_text.html", {"reason": ""}, status=413)
    if isinstance(exception, TooManyFieldsSent) and request.method == "POST":
        return render(request, "400_fields.html", {"reason": ""}, status=400)
    return render(request, "400.html", {"reason": ""}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": ""}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that did not come from a page of ours, or came from one that was open for too long."""
    words = _("The form was open for too long, or your browser did not send the site’s cookie. Nothing was saved.")
    return render(request, "403.html", {"reason": words}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if isinstance(exception, NothingHere) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"reason": ""}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, without asking the database or the account, which may be what is broken."""
    return HttpResponse(render_to_string("500.html", {**site(request), "reason": ""}), status=500)
