"""The letters of a text file, found out and brought into UTF-8 without holding more than a piece of it in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from learningcity.common.columnar.refusals import Refused

PIECE = 1 << 22
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
THAI = re.compile("[\u0e01-\u0e5b]")
# A vowel or tone above or below nothing: nobody writes so, a file of another alphabet looks so.
LOST_MARK = re.compile("(?:^|[^\u0e01-\u0e5b])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Fewer Thai letters than these may have come about by chance.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Text:
    """A file in UTF-8, and what it was in before."""

    path: Path
    encoding: str


class _Undecodable(Exception):
    """These bytes mean nothing in this encoding."""

    def __init__(self, line: int, thai: int) -> None:
        self.line, self.thai = line, thai


def as_utf8(path: Path, folder: Path, tell: Callable[[float], None]) -> Text:
    """Return the text of a file in UTF-8: the file itself if it is, else a copy in the folder.

    :raises Refused: if it is no text, in an encoding that we do not know, or in two.
    """
    with path.open("rb") as file:
        start = file.read(PIECE)
    encoding = encoding_by_marks(start)
    if encoding in ("utf-8", "utf-8-sig"):
        try:
            for _text in decoded(path, encoding, tell):
                pass
        except _Undecodable as problem:
            if problem.thai >= ENOUGH or encoding == "utf-8-sig":
                raise Refused(
                    _("The letters change in line %(line)s: what comes before is UTF-8, what stands there is not.")
                    % {"line": f"{problem.line:,}"}
                    + " "
                    + save_as_utf8()
                ) from problem
            encoding = "cp874"
        else:
            return Text(path, encoding)
    copy = folder / "text.csv"
    try:
        with copy.open("w", encoding="utf-8", newline="") as written:
            for text in decoded(path, encoding, tell):
                if encoding == "cp874":
                    _refuse_other_alphabets(text)
                written.write(text)
    except _Undecodable as problem:
        raise Refused(
            _("The letters in line %(line)s cannot be read.") % {"line": f"{problem.line:,}"} + " " + save_as_utf8()
        ) from problem
    return Text(copy, "utf-16" if encoding.startswith("utf-16") else encoding)


def encoding_by_marks(start: bytes) -> str:
    """Return the encoding that the first bytes tell; where they tell nothing, UTF-8."""
    for mark, encoding in BOMS:
        if start.startswith(mark):
            return encoding
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        # Latin letters and Thai ones: in each pair of bytes the same one is 0 or 14, and the other one never 0.
        high, low = start[first:2000:2], start[1 - first : 2000 : 2]
        if high and high.count(0) + high.count(14) > len(high) * 0.7 and high.count(0) and not low.count(0):
            return encoding
    return "utf-8"


def decoded(path: Path, encoding: str, tell: Callable[[float], None]) -> Iterator[str]:
    """Return the text of a file piece by piece, without a mark of its encoding.

    :raises _Undecodable: where the bytes mean nothing.
    :raises Refused: if there is a NUL among the letters.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    size, done, line, thai = path.stat().st_size, 0, 1, 0
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as problem:
                before = problem.object[: problem.start].decode(encoding, "replace")
                raise _Undecodable(line + before.count("\n"), thai + len(THAI.findall(before[-5000:]))) from problem
            if "\0" in text:
                raise Refused(_("The file holds NUL bytes, so it is no text. Save the table as “CSV UTF-8”."))
            yield text.removeprefix("\ufeff") if not done else text
            if not piece:
                return
            line += text.count("\n")
            done += len(piece)
            if thai < ENOUGH and not text.isascii():
                thai += len(THAI.findall(text[:100_000]))
            tell(done / size)


def _refuse_other_alphabets(text: str) -> None:
    """Do nothing for Thai.

    :raises Refused: if the letters make no Thai words, as those of western Europe would not.
    """
    lost = len(LOST_MARK.findall(text))
    if lost * 4 > len(THAI.findall(text)):
        raise Refused(_("The letters of this file are neither UTF-8 nor Thai.") + " " + save_as_utf8())


def save_as_utf8() -> str:
    """Return what to do about letters."""
    return _("Save the table as “CSV UTF-8” or .xlsx and upload it again.")
