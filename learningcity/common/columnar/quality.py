"""What a clerk should know of a table before it is published: found in few passes, kept as data, said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was noticed, for a page: ``weight`` is "error", "warning" or "note"."""

    kind: str
    weight: str
    # One sentence, in the reader's language.
    words: str
    # What to do about it; empty where nothing has to be done.
    advice: str
    # Numbers of rows as the spreadsheet program shows them.
    rows: tuple[int, ...]
    # Values as they stand in the file.
    examples: tuple[str, ...]
    # The type that may be chosen for this column (Choices.types), if that would help; with the name of the column.
    column: str
    choice: str


def in_words(problems: Sequence[Mapping[str, Any]]) -> list[Said]:
    """Return what was noticed (Upload.problems, Distribution.problems) in the reader's language, the gravest first."""
    raise NotImplementedError
