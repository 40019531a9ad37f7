"""Small files that hold far more than anybody would wait for: weighed by what they say, and again while they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import duckdb
from django.utils.translation import gettext as _

from learningcity.common.columnar.engine import literal
from learningcity.common.columnar.limits import (
    LARGEST_CONTENT,
    LONGEST_CELL,
    MOST_CELLS,
    MOST_LETTERS,
    MOST_SCRATCH,
    STEEPEST,
    USUAL_CONTENT,
)
from learningcity.common.columnar.refusals import Refused

# Of one number or day.
SIZE_OF_VALUE = 8


def refuse_bomb(engine: duckdb.DuckDBPyConnection, path: Path, rows: int, width: int) -> None:
    """Do nothing for a Parquet of bounded content, by what it says itself.

    :raises Refused: if it says that there is far more in it than anybody brings.
    """
    size, values = engine.execute(
        "SELECT coalesce(sum(total_uncompressed_size), 0), coalesce(sum(num_values), 0)"  # noqa: S608
        f" FROM parquet_metadata({literal(path)})"
    ).fetchone() or (0, 0)
    # Values in lists are more than there are cells, and whoever lies about one number may forget the other.
    cells = max(int(values), rows * width)
    if cells > MOST_CELLS:
        raise Refused(too_many_cells())
    refuse_far_more(max(int(size), cells * SIZE_OF_VALUE), path)


def refuse_long_texts(engine: duckdb.DuckDBPyConnection, source: str, texts: Sequence[str], path: Path) -> None:
    """Do nothing where texts are bounded, each and together: one that is stored once may stand in every row.

    :raises Refused: if they are not.
    """
    if texts:
        sizes = " + ".join(f"coalesce(sum(strlen({text})), 0)" for text in texts)
        longest = ", ".join(f"coalesce(max(length({text})), 0)" for text in texts)
        size, most = engine.execute(f"SELECT {sizes}, greatest({longest}, 0) FROM {source}").fetchone() or (0, 0)  # noqa: S608
        if most > LONGEST_CELL:
            raise Refused(_("A cell holds more than %(most)s letters.") % {"most": f"{LONGEST_CELL:,}"})
        refuse_far_more(int(size), path)


def refuse_far_more(content: int, path: Path) -> None:
    """Do nothing for so many bytes of content, if a file of this size may well hold them.

    :raises Refused: if it may not.
    """
    if content > min(LARGEST_CONTENT, max(USUAL_CONTENT, STEEPEST * path.stat().st_size)):
        raise Refused(far_more())


def watched(tell: Callable[[float], None], folder: Path) -> Callable[[float], None]:
    """Return a function that tells how far the work is, and ends it when it fills the disk.

    :raises Refused: from within, when it does.
    """

    def told(share: float) -> None:
        if sum(file.stat().st_size for file in folder.iterdir()) > MOST_SCRATCH:
            raise Refused(far_more())
        tell(share)

    return told


class Bounded:
    """A text file that takes so many letters and no more."""

    def __init__(self, file: IO[str]) -> None:
        self.file, self.left = file, MOST_LETTERS

    def write(self, text: str) -> int:
        """Write a text.

        :raises Refused: if it is more than the file takes.
        """
        self.left -= len(text)
        if self.left < 0:
            raise Refused(far_more())
        return self.file.write(text)


def far_more() -> str:
    return _("The file holds far more than its size shows, so it was not opened.")


def too_many_cells() -> str:
    return _("The table has more than %(most)s cells. Split it into several files.") % {"most": f"{MOST_CELLS:,}"}
