"""Places of a table: where they lie, and whether north and east have changed places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from learningcity.common.columnar.engine import quoted
from learningcity.common.columnar.schema import Column

NORTH = re.compile(r"^lat(?:itude)?$|ละติจูด|ละติจุด|เส้นรุ้ง", re.IGNORECASE)
EAST = re.compile(r"^(?:lng|lon|long|longitude)$|ลองจิจูด|ลองติจูด|เส้นแวง", re.IGNORECASE)
# Thailand with a margin; the two ranges do not meet, so that axes in the wrong order show.
SOUTHMOST, NORTHMOST, WESTMOST, EASTMOST = 5.5, 20.6, 97.2, 105.8


@dataclass(frozen=True, slots=True)
class Axes:
    """The columns that hold degrees north and east."""

    north: str
    east: str

    def outside(self) -> str:
        """Return the SQL for a place that does not lie in Thailand."""
        return f"NOT ({in_thailand(quoted(self.north), quoted(self.east))})"

    def swapped(self) -> str:
        """Return the SQL for a place that lies in Thailand once north and east change places."""
        return in_thailand(quoted(self.east), quoted(self.north))


def in_thailand(north: str, east: str) -> str:
    return f"({north} BETWEEN {SOUTHMOST} AND {NORTHMOST} AND {east} BETWEEN {WESTMOST} AND {EASTMOST})"


def axes_of(columns: list[Column]) -> Axes | None:
    """Return which columns hold the places of the rows, if any do."""
    north, east = (
        next(
            (
                one.name
                for one in columns
                if one.type == "number" and (word.search(one.heading) or word.search(one.name))
            ),
            "",
        )
        for word in (NORTH, EAST)
    )
    return Axes(north, east) if north and east else None
