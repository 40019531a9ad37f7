"""What a first visit weighs: the page, and all that it needs, as they come through the wire."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from bench.load import fetch

FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
FILE = re.compile(r"url\(['\"]?([^'\")]+)['\"]?\)")
RANGE = re.compile(r"unicode-range:\s*([^;}]+)")


@dataclass
class Needed(HTMLParser):
    """The files that a page names, and the letters that it shows."""

    styles: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    letters: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        kinds = named.get("rel", "").split()
        if tag == "link" and "stylesheet" in kinds:
            self.styles.append(named["href"])
        elif tag == "link" and {"icon", "preload"} & set(kinds):
            self.others.append(named["href"])
        elif tag in {"script", "img"} and "src" in named:
            self.others.append(named["src"])

    def handle_data(self, data: str) -> None:
        self.letters.update(map(ord, data))


def weigh(port: int, paths: dict[str, str]) -> dict[str, Any]:
    """Return the bytes of a first visit to each page, in Thai and in English."""
    return {
        f"{page} ({language})": weigh_page(port, prefix + path)
        for page, path in paths.items()
        for language, prefix in (("th", ""), ("en", "/en"))
    }


def weigh_page(port: int, path: str) -> dict[str, int]:
    """Return the bytes of a page by kind, counting every font of which it may need a letter in any weight."""
    html = get(port, path)
    needed = Needed()
    needed.feed(html.text)
    files = {urljoin(path, address) for address in needed.others}
    weights = {"html": html.weight, "css": 0, "js": 0, "fonts": 0, "other": 0}
    for address in dict.fromkeys(urljoin(path, address) for address in needed.styles):
        style = get(port, address)
        weights["css"] += style.weight
        files |= {urljoin(address, font) for font in fonts(style.text, needed.letters)}
    for address in sorted(files):
        kind = {"js": "js", "woff2": "fonts", "woff": "fonts", "css": "css"}.get(address.rpartition(".")[2], "other")
        weights[kind] += get(port, address).weight
    return weights | {"total": sum(weights.values())}


@dataclass(frozen=True)
class Answer:
    weight: int
    text: str


def get(port: int, path: str) -> Answer:
    """Fetch a file as a browser does, and once more uncompressed, to read it.

    :raises RuntimeError: if it is not there.
    """
    if path.startswith("data:"):
        return Answer(0, "")
    status, _, body = fetch(port, path, **{"Accept-Encoding": "gzip, deflate, br"})
    if status != 200:
        raise RuntimeError(f"{path} answers {status}.")
    _, _, plain = fetch(port, path, **{"Accept-Encoding": "identity"})
    return Answer(len(body), plain.decode(errors="replace"))


def fonts(style: str, letters: set[int]) -> list[str]:
    """Return the font files whose range of letters touches those of the page."""
    found = []
    for face in FACE.findall(style):
        ranges = RANGE.search(face)
        file = FILE.search(face)
        if file and (ranges is None or any(touches(part, letters) for part in ranges[1].split(","))):
            found.append(file[1])
    return found


def touches(part: str, letters: set[int]) -> bool:
    start, _, end = part.strip().upper().removeprefix("U+").partition("-")
    first, last = int(start.replace("?", "0"), 16), int((end or start).replace("?", "F"), 16)
    return any(first <= letter <= last for letter in letters)
