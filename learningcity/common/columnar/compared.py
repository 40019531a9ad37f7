"""The values that a column is compared with: read as the column holds them, or refused."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from learningcity.common.columnar.question import (
    MOST_VALUES,
    MOST_WORDS,
    OPERATORS,
    ROW,
    Condition,
    Types,
    Unanswerable,
    known_type,
    readable,
)

LARGEST = {"integer": 2**63 - 1, "year": 2**31 - 1}
WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
TRUTH = {"true": True, "false": False, "1": True, "0": False}


def values_of(condition: Condition, types: Types) -> list[Any]:
    """Return what a column is compared with, each of the type of the column.

    :raises Unanswerable: if there is no such column, or one of the values cannot stand in it.
    """
    kind = known_type("conditions", condition.column, {ROW: "integer", **types})
    if condition.operator not in OPERATORS:
        raise Unanswerable("conditions", f"{condition.operator!r} is none of {', '.join(OPERATORS)}.")
    if condition.operator == "missing":
        return []
    if condition.operator in {"contains", "starts", "has"}:
        if kind != "string":
            raise Unanswerable("conditions", f"{condition.column!r} holds no text to look into.")
        given = typed(condition.column, kind, condition.value)
        return given.split()[:MOST_WORDS] if condition.operator == "has" else [given]
    if condition.operator != "in":
        return [typed(condition.column, kind, condition.value)]
    if not isinstance(condition.value, tuple) or not 0 < len(condition.value) <= MOST_VALUES:
        raise Unanswerable("conditions", f"{condition.column!r} takes a list of one to {MOST_VALUES} values.")
    return [typed(condition.column, kind, value) for value in condition.value]


def typed(column: str, kind: str, value: Any) -> Any:
    """Return a value as a column of this type holds it.

    :raises Unanswerable: if it holds none like it.
    """
    try:
        read = _READERS[kind](value)
    except (KeyError, ValueError, TypeError, OverflowError):
        read = None
    if read is None:
        raise Unanswerable("conditions", f"{str(value)[:100]!r} is no value of the column {column!r} ({kind}).")
    if isinstance(read, str):
        readable("conditions", read)
    elif kind in LARGEST and abs(read) > LARGEST[kind]:
        raise Unanswerable("conditions", f"{column!r} holds no number as large as that.")
    return read


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if WHOLE.fullmatch(value.strip()) else None
    return int(value) if value == int(value) else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or (isinstance(value, str) and len(value) > 100):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _truth(value: Any) -> bool | None:
    return TRUTH.get(str(value).strip().lower())


def _moment(value: Any) -> dt.datetime:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _day(value: Any) -> dt.date:
    return value if type(value) is dt.date else dt.date.fromisoformat(value)


_READERS: dict[str, Any] = {
    "string": _text,
    "integer": _whole,
    "year": _whole,
    "number": _number,
    "boolean": _truth,
    "date": _day,
    "datetime": _moment,
}
