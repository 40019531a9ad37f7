"""Paper: a template of Typst and plain values become a PDF that a screen reader can read, with our own fonts.

What people wrote goes in as JSON and is only ever shown: it never becomes a part of the template.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst

from learningcity.common.thai.words import words

FONTS = Path(__file__).parent / "fonts"
# Joins the parts of one emoji, or says how the sign before it shall look: nothing without that sign.
INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufe0e", "\ufe0f", "\ufeff"}
# Ornaments: left out where the font lacks them. A letter that it lacks leaves a mark, because a word is then not whole.
ORNAMENTS = {"So", "Sk", "Cf", "Cs", "Co", "Cn"}
MISSING = "■"
# Longer than what is written without a space in either language; and a piece of it, never cut before a Thai mark.
ENDLESS = re.compile(r"\S{81,}")
PIECE = re.compile(r".{1,40}[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*")
# A space of no width.
BREAK = "\u200b"


def typeset(template: Path, said: dict[str, Any], *, language: str, on: dt.date) -> bytes:
    """Return the document as PDF/UA-1; the same values on the same day give the same bytes.

    :raises typst.TypstError: if the template is wrong.
    """
    midnight = dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)
    made: Any = typst.compile(
        str(template),
        # Nothing outside the folder of the template can be read, and no font of the machine changes how it looks.
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=inputs(said, language),
        timestamp=int(midnight.timestamp()),
    )
    return bytes(made)


def inputs(said: dict[str, Any], language: str) -> dict[str, str]:
    """Return what a template is given: the values as JSON, and the language of the document."""
    return {"said": json.dumps(printable(said), ensure_ascii=False), "language": language}


def printable(said: Any) -> Any:
    """Return the same values, their texts without the signs that our font lacks: paper with holes is no document."""
    if isinstance(said, str):
        return _breakable("".join(map(_printed, unicodedata.normalize("NFC", said))))
    if isinstance(said, dict):
        return {name: printable(value) for name, value in said.items()}
    return [printable(value) for value in said] if isinstance(said, list | tuple) else said


def _breakable(text: str) -> str:
    """Return the text with places for a break where it is one long run: a line that never ends leaves the paper."""
    return ENDLESS.sub(lambda found: BREAK.join(_pieces(found[0])), text)


def _pieces(run: str) -> Iterator[str]:
    starts = [word.start for word in words(run)]
    for first, last in pairwise(sorted({0, *starts, len(run)})):
        yield from PIECE.findall(run[first:last])


def _printed(sign: str) -> str:
    if sign in INVISIBLE:
        return ""
    if sign.isspace():
        return " "
    if ord(sign) in letters():
        return sign
    return "" if unicodedata.category(sign) in ORNAMENTS else MISSING


@cache
def letters() -> frozenset[int]:
    """Return the code points that every one of our fonts can show."""
    return frozenset.intersection(*(_letters_of(font.read_bytes()) for font in sorted(FONTS.glob("*.ttf"))))


def _letters_of(font: bytes) -> frozenset[int]:
    """Read the segments of a font's character map (OpenType, cmap format 4)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for name, _checksum, offset, _length in records if name == b"cmap")
    maps = struct.unpack_from(">H", font, cmap + 2)[0]
    starts = [cmap + struct.unpack_from(">HHL", font, cmap + 4 + 8 * number)[2] for number in range(maps)]
    table = next(start for start in starts if struct.unpack_from(">H", font, start)[0] == 4)
    segments = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, table + 14)
    begins = struct.unpack_from(f">{segments}H", font, table + 16 + 2 * segments)
    found = {code for first, last in zip(begins, ends, strict=True) for code in range(first, last + 1)}
    # The last segment is always empty, and nothing is no letter.
    return frozenset(found - {0, 0xFFFF})
