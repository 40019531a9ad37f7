"""Files as somebody would bring them, and what was made of them."""

import duckdb

from learningcity.common.columnar.intake import examine


def bring(folder, content, name="table.csv", **how):
    path = folder / "brought"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return examine(path, name, folder=folder / "made", **how)


def rows_of(found):
    return duckdb.sql(f"SELECT * FROM '{found.table}'").fetchall()


def names_of(found):
    return [column.name for column in found.columns]


def types_of(found):
    return [column.type for column in found.columns]


def kinds_of(found):
    return [problem["kind"] for problem in found.problems]
