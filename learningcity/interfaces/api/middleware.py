"""What happens to questions of programs before and after the API sees them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from learningcity.interfaces.api.answers import opened
from learningcity.interfaces.api.problems import MEDIA_TYPE, Problem, told

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/v1/"
# What is refused in front of the API, in words.
REASONS = {
    400: "This address cannot be read: it is longer than 8,000 letters, or there is something in it that is no text.",
    413: "This is larger than anything that is taken here.",
    500: "The fault is ours.",
}


def speak_to_programs(get_response: Handler) -> Handler:
    """Let the API know nobody by a cookie, and say in its own form what others refused in front of it or broke in it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return get_response(request)
        # Who is signed in on the site has no session here: the same question has the same answer for everybody.
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type", "") != MEDIA_TYPE:
            allowed = response.headers.get("Allow", "")
            response = opened(told(Problem(response.status_code, REASONS.get(response.status_code, ""))))
            if allowed:
                response["Allow"] = allowed
        varies = [word for word in response.headers.get("Vary", "").split(", ") if word not in {"", "Cookie"}]
        if varies:
            response["Vary"] = ", ".join(varies)
        elif "Vary" in response.headers:
            del response["Vary"]
        return response

    return middleware
