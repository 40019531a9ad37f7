"""Columns that know where in the rows of a database their value lies: one declaration for what is read and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import override

from learningcity.common.columnar.schema import Column
from learningcity.common.rich import plain
from learningcity.common.text import LocalText

TOGETHER = 2_000
PRECISE = LocalText(
    "ทราบวันที่ละเอียดเพียงใด: day (วัน), month (เดือน) หรือ year (ปี) ส่วนที่ไม่ทราบเขียนเป็น 1",
    "How exactly the date is known: day, month or year. Unknown parts are written as 1.",
)
IN_WORDS = LocalText("ความหมายของรหัสเป็นภาษาไทย", "What the code means, in Thai.")
# What a column says of a text that people may write with headings and lists.
Read = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A column, and the path by which a query of Django reaches its value."""

    column: Column
    path: str
    read: Read | None = None
    # The column without which this one says nothing.
    beside: str = ""


def values_of(records: QuerySet[Any], fields: Iterable[Said]) -> Iterator[tuple[Any, ...]]:
    """Return the values of these columns and of no others, a row for each record; an empty text is nothing."""
    said = list(fields)
    names = [field.column.name for field in said]
    beside = [(place, names.index(field.beside)) for place, field in enumerate(said) if field.beside]
    reads = [(place, field.read) for place, field in enumerate(said) if field.read]
    # A path may be named twice, which a query does not allow.
    paths = list(dict.fromkeys(field.path for field in said))
    places = [paths.index(field.path) for field in said]
    for found in records.values_list(*paths).iterator(TOGETHER):
        row = [None if (value := found[place]) == "" else value for place in places]
        for place, read in reads:
            row[place] = read(row[place])
        for place, other in beside:
            row[place] = None if row[other] is None else row[place]
        yield tuple(row)


def columns_of(fields: Iterable[Said]) -> tuple[Column, ...]:
    """Return the columns alone."""
    return tuple(field.column for field in fields)


def cell(name: str, th: str, en: str, path: str = "", **more: Any) -> Said:
    """Return a column whose value is taken as it is; ``more`` are further properties of the column, or ``read``."""
    read = more.pop("read", None)
    beside = more.pop("beside", "")
    return Said(column=Column(name=name, title=LocalText(th, en), **more), path=path or name, read=read, beside=beside)


def key_to(name: str, path: str, th: str, en: str) -> Said:
    """Return a column with the key of a row of another table; nothing where it points at none."""
    return cell(name, th, en, path, description=LocalText("รหัสในตารางอื่น", "A key in another table."))


def pair(name: str, th: str, en: str, path: str = "") -> list[Said]:
    """Return the two columns of a text that is there in both languages; of a rich text its words."""
    return [
        cell(f"{name}_th", f"{th} (ไทย)", f"{en} (Thai)", f"{path or name}_th", read=words),
        cell(f"{name}_en", f"{th} (อังกฤษ)", f"{en} (English)", f"{path or name}_en", read=words),
    ]


def vague_date(name: str, th: str, en: str, *, day: str = "") -> list[Said]:
    """Return a date and how exactly it is known; where there is none, neither is said."""
    day = day or f"{name}_on"
    precision: dict[str, Any] = {"description": PRECISE, "beside": day}
    return [
        cell(day, th, en, type="date"),
        cell(f"{name}_precision", f"{th}: ความละเอียด", f"{en}: precision", **precision),
    ]


def choice(name: str, th: str, en: str, words_of: type[Any], path: str = "") -> list[Said]:
    """Return a code, and beside it what it means in Thai."""
    told: dict[str, Any] = {"description": IN_WORDS, "read": LabelOf(words_of)}
    return [
        cell(name, f"{th} (รหัส)", en, path),
        cell(f"{name}_label_th", f"{th} (คำไทย)", f"{en} (in Thai)", path or name, **told),
    ]


def sourced(path: str = "source") -> list[Said]:
    """Return the key and the address of the source on which a row rests."""
    return [
        cell("source", "แหล่งที่มา (รหัส)", "Source", f"{path}__slug"),
        cell("source_url", "ที่อยู่เว็บของแหล่งที่มา", "Web address of the source", f"{path}__url"),
    ]


def words(text: str | None) -> str | None:
    """Return the words of a text; nothing for an empty one, because nothing was said."""
    return plain(text) or None if text else None


def joined(names: Iterable[str] | None) -> str | None:
    """Return several names in one cell."""
    return "; ".join(names or ()) or None


@dataclass(frozen=True, slots=True)
class LabelOf:
    """What a code means in Thai."""

    words: Any

    def __call__(self, code: Any) -> str | None:
        return labels_of(self.words).get(code)


@cache
def labels_of(words: Any) -> Mapping[Any, str]:
    """Return what the codes of an enumeration mean in Thai."""
    with override("th"):
        return {value: str(label) for value, label in words.choices}
