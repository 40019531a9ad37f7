"""Tables of datasets, with their rows as Parquet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from learningcity.common.columnar.keeping import keep_rows
from learningcity.common.columnar.schema import Column, as_schema
from learningcity.common.text import LocalText
from learningcity.opendata.actions import Part, keep_file
from tests.factories.opendata import make_part

COLUMNS = (
    Column(name="school", title=LocalText("โรงเรียน", "School"), description=LocalText("ชื่อโรงเรียน", "Name")),
    Column(name="pupils", title=LocalText("นักเรียน", "Pupils"), type="integer", unit="คน"),
)
ROWS = (("วัดกลาง", 120), ("เทศบาล 1", 90), ("<b>บ้านโนน</b>", None))


def make_table_part(
    rows: tuple[tuple[Any, ...], ...] = ROWS, columns: tuple[Column, ...] = COLUMNS, key: str = "school", **changes: Any
) -> Part:
    """Make a file that was read as a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        keep_rows(rows, columns, path)
        with path.open("rb") as file:
            table = keep_file(file, "application/vnd.apache.parquet")
    lines = [",".join(column.name for column in columns), *(",".join(map(str, row)) for row in rows)]
    said = {"table": table, "schema": as_schema(list(columns), [key] if key else None), "row_count": len(rows)}
    return make_part("\n".join(lines).encode(), **{"name": "schools", "title_th": "โรงเรียน", **said, **changes})
