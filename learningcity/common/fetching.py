"""Fetching from other machines: only from hosts that were allowed, one thing at a time, within limits.

The name of a host is looked up once for each request, every number it leads to must be of the public net, and the
connection goes to that very number. Redirects are followed within the host alone.
"""

from __future__ import annotations

import re
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone

from learningcity.common.addresses import Address, Later, NotFetched, Obstacle, numbers_of, read_address
from learningcity.common.connecting import Deadline, connected

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 3
# Whoever asks for a longer pause is asked again another day.
LONGEST_PAUSE = 3600
PAUSE_UNSAID = 60
PIECE = 1 << 16
# So much stays in memory; more lies in a file without a name.
IN_MEMORY = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How much is taken in at most, in bytes after unpacking, and how long it may take, in seconds."""

    size: int = 20_000_000
    seconds: float = 60.0
    connecting: float = 10.0


@dataclass(frozen=True)
class Answer:
    """What another machine said."""

    # 200, 304, 404 or 410; everything else is not an answer but an obstacle.
    status: int
    # Where it was found in the end.
    address: str
    headers: Mapping[str, str]
    content: IO[bytes]

    def read(self) -> bytes:
        """Return all of it; the limits hold already."""
        self.content.seek(0)
        return self.content.read()


@dataclass
class Fetcher:
    """Fetches from these hosts, with a pause between one request and the next."""

    allowed: frozenset[str]
    pause: float = field(default_factory=lambda: float(settings.HARVEST_PAUSE))
    limits: Limits = Limits()
    _last: float = 0.0

    def get(self, address: str, asked: Mapping[str, str] | None = None, limits: Limits | None = None) -> Answer:
        """Fetch what stands at an address; ``asked`` may hold conditions (If-None-Match) and what is accepted.

        :raises Later: if the other side asks for a pause.
        :raises NotFetched: for every other reason; nothing else is raised, whatever the other side does.
        """
        within = limits or self.limits
        deadline = Deadline(within.seconds)
        site, wanted = "", read_address(address)
        for _turn in range(MOST_REDIRECTS + 1):
            if wanted.site not in self.allowed:
                raise NotFetched(Obstacle.REDIRECT if site else Obstacle.HOST, wanted.site)
            if site and wanted.site != site:
                raise NotFetched(Obstacle.REDIRECT, wanted.site)
            site = wanted.site
            self._wait(deadline)
            answer = _asked_once(wanted, asked or {}, within, deadline)
            if answer.status not in REDIRECTS:
                return answer
            wanted = _next(wanted, answer)
        raise NotFetched(Obstacle.REDIRECT, site)

    def _wait(self, deadline: Deadline) -> None:
        if (rest := self._last + self.pause - time.monotonic()) > 0:
            time.sleep(rest)
            deadline.at += rest
        self._last = time.monotonic()


def user_agent() -> str:
    """Return who we say we are, and where one reaches us."""
    contact = settings.CONTACT_EMAIL or settings.DEFAULT_FROM_EMAIL
    return f"LearningCityHarvester/1.0 (+{settings.SITE_URL}/; {contact})".encode("ascii", "ignore").decode()


def _next(address: Address, answer: Answer) -> Address:
    """Return where a redirect leads; never from a locked line to an open one.

    :raises NotFetched: if it leads to what is no address.
    """
    try:
        following = read_address(urljoin(str(address), answer.headers.get("location", "")))
    except (NotFetched, ValueError):
        raise NotFetched(Obstacle.REDIRECT, address.site) from None
    if address.scheme == "https" and following.scheme != "https":
        raise NotFetched(Obstacle.REDIRECT, address.site)
    return following


def _asked_once(address: Address, asked: Mapping[str, str], within: Limits, deadline: Deadline) -> Answer:
    """Ask once, without following anything.

    :raises NotFetched: if there is no answer within the limits.
    """
    headers = {"User-Agent": user_agent(), "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close", **asked}
    try:
        with connected(address, numbers_of(address), deadline, within.connecting) as client:
            client.request("GET", address.target, headers=headers)
            response = client.getresponse()
            said = {name.lower(): value for name, value in response.getheaders()}
            _refuse_status(response.status, said)
            content: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- whoever reads it closes it
            if response.status == 200:
                _take(response, said, within.size, content)
            return Answer(response.status, str(address), said, content)
    except NotFetched:
        raise
    except TimeoutError:
        raise NotFetched(Obstacle.TIME, address.host) from None
    except (OSError, HTTPException, ValueError) as problem:
        raise NotFetched(Obstacle.CONNECTION, address.host) from problem


def _refuse_status(status: int, said: Mapping[str, str]) -> None:
    if status in (429, 503):
        raise Later(_pause_asked(said.get("retry-after", "")))
    if status not in REDIRECTS | {200, 304, 400, 404, 409, 410}:
        raise NotFetched(Obstacle.STATUS, str(status))


def _pause_asked(said: str) -> int:
    """Return the seconds that a Retry-After asks for: a number, or a moment."""
    if re.fullmatch("[0-9]{1,9}", said.strip()):
        return int(said)
    try:
        left = (parsedate_to_datetime(said) - timezone.now()).total_seconds()
    except (TypeError, ValueError):
        return PAUSE_UNSAID
    return max(int(left), 1)


def _take(response: HTTPResponse, said: Mapping[str, str], most: int, into: IO[bytes]) -> None:
    """Write what comes, unpacked, piece by piece.

    :raises NotFetched: if it is more than that, or packed in a way that was not asked for.
    """
    length = said.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise NotFetched(Obstacle.SIZE, length[:20])
    coding, size = said.get("content-encoding", "identity").strip().lower(), 0
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise NotFetched(Obstacle.CONTENT, coding[:20])
    for piece in _pieces(response) if coding in ("identity", "") else _unpacked(_pieces(response), most):
        size += len(piece)
        if size > most:
            raise NotFetched(Obstacle.SIZE, str(most))
        into.write(piece)
    into.seek(0)


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    while piece := response.read1(PIECE):
        yield piece
    if response.length:
        raise NotFetched(Obstacle.CONNECTION, "broken off")


def _unpacked(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                # Never more than a piece at once: a few bytes can be a gigabyte.
                yield unpacking.decompress(rest, PIECE)
                rest = unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error as problem:
        raise NotFetched(Obstacle.CONTENT, "gzip") from problem
    if not unpacking.eof:
        raise NotFetched(Obstacle.CONTENT, "gzip")
