"""What is different between two tables that lie as Parquet: columns, and rows by their key, or whole where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from learningcity.common.columnar.engine import TooSlow, literal, opened, quoted

# Of rows that came, went or changed, so many are shown; all are counted.
SHOWN = 100
# Letters of one value that are shown.
LONGEST_SHOWN = 200
# A column that tells rows apart stands among so many first ones, and holds no measurements.
LIKELY_KEYS, MEASURED = 3, {"DOUBLE", "FLOAT", "BOOLEAN"}
BEFORE, AFTER, GAINED, LOST = "before_", "after_", "gained_", "lost_"


@dataclass(frozen=True, slots=True)
class Retyped:
    """A column that both tables have and that holds another type of values now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that both tables have: its key, and each value that is another one now."""

    key: tuple[str | None, ...]
    # Column, what stood there, what stands there.
    values: tuple[tuple[str, str | None, str | None], ...]


@dataclass(kw_only=True)
class Difference:
    """What one table has and the other has not."""

    columns_added: list[str] = field(default_factory=list)
    columns_removed: list[str] = field(default_factory=list)
    retyped: list[Retyped] = field(default_factory=list)
    # The columns by which rows were told apart; none where whole rows were compared.
    key: tuple[str, ...] = ()
    # The columns that both have, in the order of the later table: those of the rows below.
    columns: list[str] = field(default_factory=list)
    rows_added: int = 0
    rows_removed: int = 0
    rows_changed: int = 0
    added: list[tuple[str | None, ...]] = field(default_factory=list)
    removed: list[tuple[str | None, ...]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        """Whether both tables say the same."""
        columns = self.columns_added or self.columns_removed or self.retyped
        return not (columns or self.rows_added or self.rows_removed or self.rows_changed)


def compare(before: Path, after: Path, key: Sequence[str] = ()) -> Difference:
    """Return what is different in the second of two tables; rows are told apart by the key, if it is one in both.

    Without a key, one of the first columns is taken if it tells all rows apart, or else whole rows are compared.

    :raises TooSlow: if the tables are too large to be compared while somebody waits.
    """
    try:
        with opened(before, after) as engine:
            for name, path in ((BEFORE, before), (AFTER, after)):
                engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({literal(path)})")  # noqa: S608 -- paths are quoted
            return _compared(engine, key)
    except duckdb.OutOfMemoryException as problem:
        raise TooSlow from problem


def _compared(engine: duckdb.DuckDBPyConnection, key: Sequence[str]) -> Difference:
    found = _columns(engine)
    if found.columns:
        _find_uneven(engine, found.columns)
        if not key:
            key = _likely_key(engine, found.columns)
        if key and set(key) <= set(found.columns) and _tells_apart(engine, key):
            _by_key(engine, found, tuple(key))
        else:
            _by_rows(engine, found)
    return found


def _columns(engine: duckdb.DuckDBPyConnection) -> Difference:
    old, new = _types(engine, BEFORE), _types(engine, AFTER)
    both = [name for name in new if name in old]
    return Difference(
        columns_added=[name for name in new if name not in old],
        columns_removed=[name for name in old if name not in new],
        retyped=[Retyped(name, old[name], new[name]) for name in both if old[name] != new[name]],
        columns=both,
    )


def _types(engine: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in engine.execute(f"DESCRIBE {name}").fetchall()}


def _find_uneven(engine: duckdb.DuckDBPyConnection, columns: list[str]) -> None:
    """Keep the rows, as texts, that stand more often in one table than in the other: most often they are few."""
    cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" for name in columns)
    names = ", ".join(quoted(name) for name in columns)
    engine.execute(
        f"CREATE TEMP TABLE uneven AS SELECT {names}, sum(more_)::BIGINT AS more_ FROM ("  # noqa: S608 -- names are quoted
        f"SELECT {cells}, 1 AS more_ FROM {AFTER} UNION ALL SELECT {cells}, -1 AS more_ FROM {BEFORE}"
        f") GROUP BY {names} HAVING sum(more_) <> 0"
    )
    engine.execute(f"CREATE VIEW {GAINED} AS SELECT * FROM uneven WHERE more_ > 0")  # noqa: S608 -- names of ours
    engine.execute(f"CREATE VIEW {LOST} AS SELECT * FROM uneven WHERE more_ < 0")  # noqa: S608 -- names of ours


def _tells_apart(engine: duckdb.DuckDBPyConnection, key: Sequence[str]) -> bool:
    """Tell whether these columns tell each of the uneven rows of a table from all others."""
    names = ", ".join(quoted(column) for column in key)
    missing = " OR ".join(f"{quoted(column)} IS NULL" for column in key)
    said = "SELECT sum(abs(more_)) IS NULL OR (sum(abs(more_)) = count(DISTINCT ({})) AND count(*) FILTER ({}) = 0) FROM {}"
    return all(_one(engine, said.format(names, missing, name)) for name in (GAINED, LOST))


def _likely_key(engine: duckdb.DuckDBPyConnection, columns: list[str]) -> list[str]:
    """Return the column that numbers or names the rows, where nobody said which: it is among the first, and never empty."""
    kinds = _types(engine, AFTER)
    for name in columns[:LIKELY_KEYS]:
        if kinds[name] not in MEASURED and _tells_apart(engine, [name]):
            tables = [f"SELECT count(DISTINCT {quoted(name)}) = count(*) FROM {table}" for table in (BEFORE, AFTER)]  # noqa: S608 -- names are quoted
            if all(_one(engine, statement) for statement in tables):
                return [name]
    return []


def _by_rows(engine: duckdb.DuckDBPyConnection, found: Difference) -> None:
    """Count whole rows: one that changed is one that went and one that came."""
    shown, names = _cut(found.columns), ", ".join(quoted(name) for name in found.columns)
    for name, kind in ((GAINED, "added"), (LOST, "removed")):
        setattr(found, f"rows_{kind}", int(_one(engine, f"SELECT coalesce(sum(abs(more_)), 0) FROM {name}")))  # noqa: S608 -- a name of ours
        rows = engine.execute(f"SELECT {shown} FROM {name} ORDER BY {names} LIMIT {SHOWN}")  # noqa: S608 -- names are quoted
        setattr(found, kind, rows.fetchall())


def _by_key(engine: duckdb.DuckDBPyConnection, found: Difference, key: tuple[str, ...]) -> None:
    """Find rows whose key stands in one table only, and rows that say something else under the same key."""
    found.key = key
    same = " AND ".join(f"a.{quoted(name)} = b.{quoted(name)}" for name in key)
    shown, names = _cut(found.columns), ", ".join(quoted(name) for name in key)
    for here, there, kind in ((GAINED, LOST, "added"), (LOST, GAINED, "removed")):
        rest = f"FROM {here} a WHERE NOT EXISTS (SELECT 1 FROM {there} b WHERE {same})"  # noqa: S608 -- names are quoted
        setattr(found, f"rows_{kind}", _one(engine, f"SELECT count(*) {rest}"))
        setattr(found, kind, engine.execute(f"SELECT {shown} {rest} ORDER BY {names} LIMIT {SHOWN}").fetchall())
    others = [name for name in found.columns if name not in key]
    if not others:
        return
    joined = f"FROM {GAINED} a JOIN {LOST} b ON {same}"
    found.rows_changed = _one(engine, f"SELECT count(*) {joined}")
    cells = [f"a.{quoted(name)}" for name in key] + [f"{side}.{quoted(name)}" for name in others for side in "ba"]
    order = ", ".join(f"a.{quoted(name)}" for name in key)
    rows = engine.execute(f"SELECT {', '.join(cells)} {joined} ORDER BY {order} LIMIT {SHOWN}").fetchall()
    found.changed = [_changed(row, len(key), others) for row in rows]


def _changed(row: tuple[Any, ...], keys: int, others: list[str]) -> Changed:
    pairs = zip(others, row[keys::2], row[keys + 1 :: 2], strict=True)
    values = tuple((name, _short(old), _short(new)) for name, old, new in pairs if old != new)
    return Changed(tuple(_short(value) for value in row[:keys]), values)


def _short(value: str | None) -> str | None:
    return value if value is None or len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"


def _cut(names: list[str]) -> str:
    return ", ".join(f"CAST({quoted(name)} AS VARCHAR)[:{LONGEST_SHOWN}] AS {quoted(name)}" for name in names)


def _one(engine: duckdb.DuckDBPyConnection, statement: str) -> Any:
    row = engine.execute(statement).fetchone()
    return row[0] if row else 0
