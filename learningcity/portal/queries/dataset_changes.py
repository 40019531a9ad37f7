"""What changed from one version of a dataset to another: its words, its files, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learningcity.common.columnar.difference import Difference, compare
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.schema import Column, columns_from
from learningcity.common.storing import StoreAway
from learningcity.common.text import LocalText
from learningcity.opendata.enums import COLUMN_TYPES
from learningcity.opendata.models import Dataset, Distribution, Version
from learningcity.opendata.queries import DESCRIPTION, local_path

# So many pairs of tables are compared while somebody waits.
MOST_TABLES = 5


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that the description says otherwise."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """A table that both versions have."""

    part: Distribution
    columns: dict[str, Column]
    # As the earlier version describes them.
    before: dict[str, Column]
    # None where comparing would take too long.
    difference: Difference | None

    @property
    def headings(self) -> list[object]:
        """What the columns that both versions have are called."""
        return [self.titled(name) for name in (self.difference.columns if self.difference else [])]

    @property
    def key(self) -> list[object]:
        """What the columns are called by which rows are told apart."""
        return [self.titled(name) for name in (self.difference.key if self.difference else [])]

    @property
    def changed(self) -> list[tuple[str, list[tuple[object, str | None, str | None]]]]:
        """Each row that says something else: its key in words, and what is otherwise."""
        found = self.difference.changed if self.difference else []
        return [
            (
                ", ".join(part or "–" for part in row.key),
                [(self.titled(name), old, new) for name, old, new in row.values],
            )
            for row in found
        ]

    @property
    def gained(self) -> list[object]:
        """What the columns are called that only the later version has."""
        return [self.titled(name) for name in (self.difference.columns_added if self.difference else [])]

    @property
    def lost(self) -> list[object]:
        """What the columns are called that only the earlier version has."""
        return [self.titled(name) for name in (self.difference.columns_removed if self.difference else [])]

    @property
    def retyped(self) -> list[tuple[object, object, object]]:
        """Each column that holds something else now: what it is called, and what it held and holds, in words."""
        names = [column.name for column in (self.difference.retyped if self.difference else [])]
        known = [(self.before[name], self.columns[name]) for name in names if name in self.before]
        return [
            (new.title, COLUMN_TYPES[old.type], COLUMN_TYPES[new.type]) for old, new in known if old.type != new.type
        ]

    def titled(self, name: str) -> object:
        """Return what people call a column."""
        return self.columns[name].title if name in self.columns else name


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that is different in the later of two versions."""

    words: list[Word]
    files_added: list[Distribution]
    files_removed: list[Distribution]
    # Documents that are others now; what is in them nobody compares.
    files_replaced: list[Distribution]
    tables: list[TableChange]

    @property
    def is_none(self) -> bool:
        rows = any(table.difference is None or not table.difference.is_none for table in self.tables)
        return not (self.words or self.files_added or self.files_removed or self.files_replaced or rows)


def changes_between(before: Version, after: Version) -> Changes:
    """Return what changed from one version to another."""
    old, new = (
        {part.name: part for part in version.distributions.select_related("file", "table")}
        for version in (before, after)
    )
    both = [(old[name], new[name]) for name in new if name in old and old[name].file_id != new[name].file_id]
    tables = [pair for pair in both if pair[0].table_id and pair[1].table_id]
    return Changes(
        words=[
            *words_between(before.metadata, after.metadata),
            *(word for name in new if name in old for word in words_of_columns(old[name], new[name])),
        ],
        files_added=[part for name, part in new.items() if name not in old],
        files_removed=[part for name, part in old.items() if name not in new],
        files_replaced=[pair[1] for pair in both if pair not in tables],
        tables=[table_change(*pair, place < MOST_TABLES) for place, pair in enumerate(tables)],
    )


def words_between(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Word]:
    """Return what the description says otherwise, in the order of the form."""
    for name in DESCRIPTION:
        old, new = before.get(name), after.get(name)
        if (old or None) != (new or None):
            field = Dataset._meta.get_field(name)
            yield Word(capfirst(str(field.verbose_name)), shown(field, old), shown(field, new))  # type: ignore[union-attr]


def words_of_columns(old: Distribution, new: Distribution) -> Iterator[Word]:
    """Return what is said otherwise of the columns that a table still has."""
    known = {column.name: column for column in columns_from(old.schema)}
    for column in columns_from(new.schema):
        before = known.get(column.name, column)
        said = (
            (_("title"), before.title, column.title),
            (_("meaning"), before.description, column.description),
            (_("unit"), before.unit, column.unit),
        )
        for what, one, other in said:
            if one != other:
                label = f"{new.title or new.name}, {column.title}: {what}"
                yield Word(
                    label,
                    *(
                        " / ".join(filter(None, (text.th, text.en))) if isinstance(text, LocalText) else text
                        for text in (one, other)
                    ),
                )


def shown(field: Any, value: Any) -> str:
    """Return a value of the description as a person reads it."""
    if isinstance(value, list):
        return ", ".join(shown(field.base_field, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(field.flatchoices).get(value, "" if value is None else value))


def table_change(old: Distribution, new: Distribution, in_time: bool) -> TableChange:
    before = {column.name: column for column in columns_from(old.schema)}
    columns = before | {column.name: column for column in columns_from(new.schema)}
    found = None
    if in_time and old.table and new.table:
        key = new.schema.get("primaryKey") or []
        try:
            found = compare(local_path(old.table), local_path(new.table), [key] if isinstance(key, str) else key)
        except (TooSlow, StoreAway):
            found = None
    return TableChange(part=new, columns=columns, before=before, difference=found)
