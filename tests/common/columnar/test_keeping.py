"""Rows kept as Parquet say what they said before."""

import datetime as dt
import uuid
from decimal import Decimal

import duckdb
import pytest

from learningcity.common.columnar.keeping import keep_rows
from learningcity.common.columnar.schema import TYPES, Column
from learningcity.common.text import LocalText

KEY = uuid.uuid4()


def kept(tmp_path, kinds, rows):
    columns = tuple(Column(name=f"c{place}", title=LocalText("ช่อง", ""), type=kind) for place, kind in enumerate(kinds))
    keep_rows(rows, columns, tmp_path / "t.parquet")
    return duckdb.sql(f"SELECT * FROM '{tmp_path}/t.parquet'").fetchall()


@pytest.mark.parametrize(
    "text", ["", "null", "NULL", "true", '"', "\\", '{"a": [1]}', "ก\nข\r\n", "a\u2028b", "1.50", " x ", "\x01", "😀"]
)
def test_texts_stay_as_they_are(tmp_path, text):
    assert kept(tmp_path, ["string", "string"], [(text, None)]) == [(text, None)]


def test_values_have_the_types_of_their_columns(tmp_path):
    moment = dt.datetime(2024, 9, 17, 0, 30, tzinfo=dt.UTC)
    row = (2**53 + 1, Decimal("0.2500"), True, dt.date(2024, 9, 17), moment, 2024, KEY)
    kinds = ["integer", "number", "boolean", "date", "datetime", "year", "string"]

    assert kept(tmp_path, kinds, [row, (None,) * 7]) == [
        (2**53 + 1, 0.25, True, dt.date(2024, 9, 17), moment.replace(tzinfo=None), 2024, str(KEY)),
        (None,) * 7,
    ]


def test_a_table_without_rows_has_its_columns(tmp_path):
    assert kept(tmp_path, list(TYPES), []) == []


def test_the_order_stays_and_the_same_rows_give_the_same_bytes(tmp_path):
    rows = [(number, f"แถว {number}") for number in range(250_000, 0, -1)]
    first = kept(tmp_path, ["integer", "string"], rows)
    bytes_before = (tmp_path / "t.parquet").read_bytes()
    kept(tmp_path, ["integer", "string"], iter(rows))

    assert first == rows
    assert (tmp_path / "t.parquet").read_bytes() == bytes_before


def test_what_is_no_value_is_refused_and_what_stood_there_stays(tmp_path):
    kept(tmp_path, ["string"], [("before",)])

    with pytest.raises(TypeError, match="no value of a table"):
        kept(tmp_path, ["string"], [(object(),)])
    with pytest.raises(duckdb.ConversionException):
        kept(tmp_path, ["integer"], [("x",)])
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]
    assert duckdb.sql(f"SELECT * FROM '{tmp_path}/t.parquet'").fetchall() == [("before",)]
