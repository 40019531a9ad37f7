"""Pages kept in memory: a bounded number of them, in a bounded number of bytes, the least asked for leaving first."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

import brotli

Headers = list[tuple[str, str]]
# Below this size compression costs more than it saves.
WORTH_COMPRESSING = 500
# Headers that are written anew for every answer.
OWN_HEADERS = {"content-length", "x-request-id", "etag", "vary"}
# Headers that a 304 repeats.
KEPT_IN_304 = {
    *("cache-control", "content-location", "date", "expires", "content-language"),
    # A browser hands a 304 to a program of another site only where it says that it may.
    *("access-control-allow-origin", "access-control-expose-headers"),
}
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class Page:
    """One page as it was made, in each encoding once somebody has asked for it."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        named = {name.lower(): value for name, value in headers}
        vary = ", ".join(dict.fromkeys([*filter(None, [named.get("vary")]), "Accept-Encoding"]))
        # A weak tag, because the same page goes out in several encodings.
        self.etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
        common = [("ETag", self.etag), ("Vary", vary)]
        self.headers = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS] + common
        self.headers_of_unchanged = [pair for pair in headers if pair[0].lower() in KEPT_IN_304] + common
        self.bodies = {"": body}
        self.made_at = time.monotonic()
        kind = named.get("content-type", "").partition(";")[0]
        self.is_text = kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))

    def encoded(self, accepted: str) -> tuple[Headers, bytes]:
        """Return headers and body in the best encoding that the visitor reads."""
        encoding = self.choose(accepted)
        if encoding not in self.bodies:
            self.bodies[encoding] = COMPRESSORS[encoding](self.bodies[""])
        body = self.bodies[encoding]
        named = [("Content-Encoding", encoding)] if encoding else []
        return [*self.headers, *named, ("Content-Length", str(len(body)))], body

    def choose(self, accepted: str) -> str:
        if not self.is_text or len(self.bodies[""]) < WORTH_COMPRESSING:
            return ""
        wanted = {word.strip() for word in accepted.split(",") if not word.replace(" ", "").endswith(";q=0")}
        return next((name for name in COMPRESSORS if name in {word.split(";")[0] for word in wanted}), "")

    def size(self) -> int:
        """Return about how much memory the page may take once all encodings of it were asked for."""
        return int(len(self.bodies[""]) * 1.5) + 2000


class Shelf:
    """The pages asked for most recently."""

    def __init__(self, most_pages: int, most_bytes: int) -> None:
        self.most_pages = most_pages
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pages: OrderedDict[Hashable, Page] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable, *, not_before: float) -> Page | None:
        """Return the page, unless it is not there or older than that."""
        with self.lock:
            page = self.pages.get(key)
            if page and page.made_at >= not_before:
                self.pages.move_to_end(key)
                return page
        return None

    def put(self, key: Hashable, page: Page) -> None:
        """Keep the page and let go of as many others as it takes; one that would fill a tenth of the shelf is not kept."""
        if page.size() > self.most_bytes // 10:
            return
        with self.lock:
            self.remove(key)
            self.pages[key] = page
            self.bytes += page.size()
            while len(self.pages) > self.most_pages or self.bytes > self.most_bytes:
                self.remove(next(iter(self.pages)))

    def remove(self, key: Hashable) -> None:
        if page := self.pages.pop(key, None):
            self.bytes -= page.size()

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.bytes = 0
