"""Files sent to whoever asks: whole, in parts, or not at all where they are known already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from learningcity.common.ranges import Unsatisfiable, is_same, range_of

PIECE = 1 << 18
SHOWN = "Content-Disposition, Content-Length, Content-Range, ETag, Link"
TEXT = "text/plain; charset=utf-8"
# Also of what never changes: what is withdrawn must be gone from all caches within a told time. Whoever has the bytes
# already is told so by their mark.
FOR_A_MINUTE = "public, max-age=60, must-revalidate"
View = Callable[..., HttpResponseBase]


def for_programs(view: View) -> View:
    """Let every program read an address: no account, no cookie, from every site, and nothing but reading."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def open_view(request: HttpRequest, *words: str, **named: str) -> HttpResponseBase:
        if request.method == "OPTIONS":
            answer: HttpResponseBase = HttpResponse(status=204)
            answer["Access-Control-Allow-Headers"] = "If-None-Match, If-Range, Range"
        elif request.method in {"GET", "HEAD"}:
            answer = found_or_not(view, request, *words, **named)
        else:
            answer = HttpResponse(status=405)
        answer["Allow"] = answer["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = SHOWN
        return answer

    return open_view


def found_or_not(view: View, request: HttpRequest, *words: str, **named: str) -> HttpResponseBase:
    """Return what a view answers; a program that finds nothing is told so in a word, a person on a page.

    :raises Http404: for a person.
    """
    try:
        return view(request, *words, **named)
    except Http404:
        if "text/html" in request.headers.get("Accept", ""):
            raise
        return HttpResponse("Not found\n", status=404, content_type=TEXT)


def sent(request: HttpRequest, path: Path, mark: str, media_type: str) -> HttpResponseBase:
    """Send a file, a part of it, or only that it has not changed."""
    etag, size = f'"{mark}"', path.stat().st_size
    if (known := request.headers.get("If-None-Match")) and is_same(known, etag):
        answer: HttpResponseBase = HttpResponse(status=304)
    else:
        answer = part_of(request, path, size, etag)
        answer["Content-Type"] = media_type
    answer["ETag"] = etag
    answer["Accept-Ranges"] = "bytes"
    return answer


def part_of(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponseBase:
    """Return the whole file or the part that is asked for; a part of what has changed since is of no use to anybody."""
    # Who asks for the head alone is told of the whole (RFC 9110, 14.2).
    may_be_part = request.method == "GET" and request.headers.get("If-Range", etag) == etag
    wanted = request.headers.get("Range", "") if may_be_part else ""
    try:
        found = range_of(wanted, size)
    except Unsatisfiable:
        answer: HttpResponseBase = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    first, last = found or (0, size - 1)
    answer = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(Part(path, first, last))
    answer["Content-Length"] = str(last - first + 1)
    if found:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


class Part:
    """The bytes of a file from the first to the last, some at a time; it is open from now on, whatever becomes of its name."""

    def __init__(self, path: Path, first: int, last: int) -> None:
        self.file = path.open("rb")
        self.file.seek(first)
        self.remaining = last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        while self.remaining > 0 and (piece := self.file.read(min(PIECE, self.remaining))):
            self.remaining -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file; whoever sends it calls this, even where the reader left before the end."""
        self.file.close()
