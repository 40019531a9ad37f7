"""Records out of a JSON text, one at a time, however long the text is and however deep somebody made it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from learningcity.common.columnar.refusals import Refused

PIECE = 1 << 20
# Letters of one record; the outline of a province in all detail has fewer.
LONGEST_RECORD = 16_000_000
SPACE = re.compile(r"[ \t\r\n]*")
# A number that ends with what was read so far may go on.
OPEN_END = re.compile(r"[-+.\w]")


def _no_number(said: str) -> Any:
    raise ValueError(said)


DECODER = json.JSONDecoder(parse_constant=_no_number)


class Reader:
    """A text of JSON, of which only a piece is in memory."""

    def __init__(self, path: Path, tell: Callable[[float], None]) -> None:
        self.file = path.open(encoding="utf-8-sig")
        self.size = max(path.stat().st_size, 1)
        self.tell = tell
        self.text, self.at, self.is_over = "", 0, False

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.file.close()

    def more(self) -> bool:
        """Read on, and tell whether there was anything."""
        piece = self.file.read(PIECE)
        self.text, self.at = self.text[self.at :] + piece, 0
        self.is_over = not piece
        if piece:
            self.tell(self.file.buffer.tell() / self.size)  # type: ignore[attr-defined]
        return bool(piece)

    def sign(self) -> str:
        """Return the next letter that is no blank, without passing it; nothing at the end."""
        while True:
            self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, sign: str) -> bool:
        """Pass the next letter if it is this one."""
        if self.sign() != sign:
            return False
        self.at += 1
        return True

    def demand(self, sign: str) -> None:
        """Pass this letter.

        :raises Refused: if another one stands there.
        """
        if not self.take(sign):
            raise self.problem(_("“%(sign)s” is missing") % {"sign": sign})

    def value(self) -> Any:
        """Return the next value, whole.

        :raises Refused: if it is none, too long, or too deep.
        """
        self.sign()
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except RecursionError as problem:
                raise Refused(
                    _("The values of this file are nested too deeply. Save a list of plain records.")
                ) from problem
            except ValueError as problem:
                if is_wrong(problem, len(self.text)):
                    raise self.problem(problem) from problem
                if len(self.text) - self.at > LONGEST_RECORD:
                    raise Refused(
                        _("One record of this file is longer than %(most)s letters.") % {"most": f"{LONGEST_RECORD:,}"}
                    ) from problem
                # Not whole, perhaps; twice as much next time, so that a long one is not read again for each piece.
                if not self.grow():
                    raise self.problem(problem) from problem
                continue
            if end == len(self.text) and OPEN_END.fullmatch(self.text[end - 1 : end]) and not self.is_over:
                self.grow()
                continue
            self.at = end
            return value

    def grow(self) -> bool:
        """Read as much again as is waiting, and tell whether there was anything."""
        wanted = 2 * (len(self.text) - self.at)
        if not self.more():
            return False
        while len(self.text) < wanted and self.more():
            pass
        return True

    def is_first_of_many(self) -> bool:
        """Tell whether a whole object begins here, and another one behind it; nothing is passed."""
        while len(self.text) - self.at < PIECE and self.more():
            pass
        try:
            _value, end = DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return False
        behind = SPACE.match(self.text, end)
        return bool(behind and self.text[behind.end() : behind.end() + 1] == "{")

    def problem(self, trouble: ValueError | str) -> Refused:
        """Return the words for what cannot be read here."""
        said = trouble.msg if isinstance(trouble, json.JSONDecodeError) else str(trouble)
        near = " ".join(self.text[self.at : self.at + 40].split())
        return Refused(
            _("This is no JSON: near “%(near)s” it cannot be read (%(said)s). Nothing was taken.")
            % {"near": near, "said": said[:100]}
        )


def is_wrong(problem: ValueError, length: int) -> bool:
    """Tell whether a text cannot become right by reading on."""
    if not isinstance(problem, json.JSONDecodeError):
        return True
    return not problem.msg.startswith("Unterminated") and problem.pos < length - 20


def records(reader: Reader, around: dict[str, Any]) -> Iterator[Any]:
    """Return the records of an array, of lines, or of the array in an object; ``around`` gets what stands beside it.

    :raises Refused: if there are none.
    """
    if reader.take("["):
        around["layout"] = "array"
        yield from items(reader)
    elif reader.sign() == "{":
        yield from _records_of_object(reader, around)
    else:
        raise reader.problem(_("neither a list nor a record begins there"))
    if reader.sign():
        raise reader.problem(_("nothing more is expected"))


def items(reader: Reader) -> Iterator[Any]:
    """Return the values of an array whose bracket has been passed."""
    if reader.take("]"):
        return
    while True:
        yield reader.value()
        if reader.take("]"):
            return
        reader.demand(",")


def _records_of_object(reader: Reader, around: dict[str, Any]) -> Iterator[Any]:
    """Return the records of lines that are an object each, or of the array in an object."""
    if reader.is_first_of_many():
        around["layout"] = "lines"
        while reader.sign():
            yield reader.value()
        return
    reader.demand("{")
    beside: dict[str, Any] = {}
    found = False
    while not reader.take("}"):
        if beside or found:
            reader.demand(",")
        name = str(reader.value())
        reader.demand(":")
        if reader.sign() == "[" and not found and _holds_records(reader):
            found, around["layout"], around["member"] = True, "array", name
            reader.demand("[")
            yield from items(reader)
        else:
            beside[name] = reader.value()
    around |= {name: beside[name] for name in ("type", "crs") if name in beside}
    if not found and beside.get("type") != "FeatureCollection":
        around["layout"] = "lines"
        yield beside


def _holds_records(reader: Reader) -> bool:
    """Tell whether an array that begins here holds objects."""
    reader.at += 1
    sign = reader.sign()
    # The bracket stands right before, since nothing but blanks lies between.
    while reader.at and reader.text[reader.at - 1] in " \t\r\n":
        reader.at -= 1
    if reader.at:
        reader.at -= 1
        return sign == "{"
    reader.text = "[" + reader.text
    return sign == "{"
