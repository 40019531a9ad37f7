"""Whether the columns that someone chose tell every row of a table from all others, and whether texts can be read otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from learningcity.common.columnar.doubles import doubles
from learningcity.common.columnar.engine import TooSlow, literal, opened, quoted
from learningcity.common.columnar.fitting import converted

EXAMPLES = 5
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Broken:
    """The cells or rows that stand in the way: how many, and some of them by their place in the table, from 0."""

    count: int
    places: list[int]
    values: list[str]


def cells_missing(table: Path, key: Sequence[str]) -> Broken:
    """Return the rows in which a column of the key is empty.

    :raises TooSlow: if that takes too long.
    """
    return _where(table, " OR ".join(f"{quoted(name)} IS NULL" for name in key))


def rows_told_twice(table: Path, key: Sequence[str]) -> Broken:
    """Return the rows that say in these columns what an earlier row says.

    :raises TooSlow: if that takes too long.
    """
    with opened(table) as engine:
        source = f"read_parquet({literal(table)}, file_row_number=true)"
        count, rows = doubles(engine, source, [*key])
        places = [row - 1 for row in rows]
        cells = " || ', ' || ".join(f"coalesce(CAST({quoted(name)} AS VARCHAR), '–')" for name in key)
        found = engine.execute(
            f"SELECT left({cells}, {LONGEST_SHOWN}) FROM {source} "  # noqa: S608 -- quoted
            "WHERE list_contains(?, file_row_number) ORDER BY file_row_number",
            [places],
        ).fetchall()
    return Broken(count, places, [value for (value,) in found])


def tells_apart(table: Path, key: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether a table still has these columns, and each row differs in them from all others."""
    if not set(key) <= set(names):
        return False
    try:
        return not key or not (cells_missing(table, key).count or rows_told_twice(table, key).count)
    except TooSlow:
        return False


def misfits(table: Path, name: str, kind: str) -> Broken:
    """Return the cells of a column of texts that cannot be read as values of a type.

    :raises TooSlow: if that takes too long.
    """
    x = quoted(name)
    return _where(table, f"{x} IS NOT NULL AND ({converted(x, kind)}) IS NULL", x)


def _where(table: Path, condition: str, shown: str = "NULL") -> Broken:
    source = f"read_parquet({literal(table)}, file_row_number=true)"
    with opened(table) as engine:
        (count,) = engine.execute(f"SELECT count(*) FROM {source} WHERE {condition}").fetchone() or (0,)  # noqa: S608
        found = engine.execute(
            f"SELECT file_row_number, left({shown}, {LONGEST_SHOWN}) FROM {source} WHERE {condition} "  # noqa: S608
            f"ORDER BY file_row_number LIMIT {EXAMPLES}"
        ).fetchall()
    return Broken(count, [place for place, _value in found], [value for _place, value in found if value is not None])
