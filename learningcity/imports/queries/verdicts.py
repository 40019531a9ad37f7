"""What would become of a row: whether it can be taken, and whether it is new, changed or said already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from learningcity.common.sheets.headings import heading_key
from learningcity.imports.enums import Verdict
from learningcity.imports.queries.kin import MOST_ABOVE, Kin, Pair, keys_of, parts, parts_by_depth
from learningcity.imports.registry import Column, Known, Pointer, Table, Wrong
from learningcity.imports.registry.cells import read_cell

Ident = tuple[Any, ...]


@dataclass
class Judged:
    """One row with its verdict, the record it makes, and the one that is there already."""

    number: int
    cells: dict[str, str]
    reasons: dict[str, str] = field(default_factory=dict)
    # What the row says, field by field, and the record of it.
    fields: Mapping[str, Any] = field(default_factory=dict)
    record: Any = None
    existing: Any = None
    # The fields in which the two differ.
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        if self.reasons:
            return Verdict.REFUSED
        if self.existing is None:
            return Verdict.ADDED
        return Verdict.CHANGED if self.changes else Verdict.UNCHANGED


class Judge:
    """One run over the rows of a file; it remembers what it has looked up and which rows it has seen."""

    def __init__(self, table: Table, place: str) -> None:
        self.table = table
        self.known = Known(place)
        self.seen: dict[Ident, int] = {}
        # Only where rows may name each other.
        self.kin: Kin | None = None
        self.refused: dict[str, int] = {}

    def parts(self, rows: Iterable[Pair], most: int) -> Iterator[list[Pair]]:
        """Return the rows so many at once, what other rows name before them."""
        if not self.table.within:
            return parts(rows, most)
        all_rows = list(rows)
        self.kin = Kin(self.table, all_rows)
        return parts_by_depth(all_rows, self.kin, most)

    def learn(self, judged: Iterable[Judged]) -> None:
        """Let the rows that follow name these, which are written now."""
        if not self.kin:
            return
        names = self.known.names(self._pointer)
        for row in judged:
            for key in keys_of(self.table, row.cells):
                if row.reasons:
                    self.refused[key] = row.number
                    continue
                record, called = row.existing or row.record, names.setdefault(key, [])
                if all(record is not one and (record.pk is None or record.pk != one.pk) for one in called):
                    called.append(record)
            if not row.reasons and row.existing is None:
                self.known.fresh[self.table.model, row.number] = row.record
                self._above[row.record.pk] = getattr(row.record, _attname(self.table.model, self.table.within))

    @cached_property
    def _pointer(self) -> Pointer:
        cell = self.table.column(self.table.within).cell
        assert isinstance(cell, Pointer)  # noqa: S101 -- that is what such a column is
        return cell

    @cached_property
    def _above(self) -> dict[int, int | None]:
        """What belongs to what in the database, and then in the rows that were looked at."""
        field = _attname(self.table.model, self.table.within)
        return dict(self.table.model._default_manager.values_list("pk", field))

    def judge(self, rows: Iterable[tuple[int, dict[str, str]]]) -> list[Judged]:
        """Return the verdicts on some rows; the records that are there already stay locked."""
        judged = [self._read(Judged(number, cells)) for number, cells in rows]
        for row in judged:
            if not row.reasons:
                self._refuse_repeated(row)
        good = [row for row in judged if not row.reasons]
        for key in self.table.keys:
            self._match([row for row in good if row.existing is None], key)
        for row in good:
            if row.existing is not None:
                self._compare(row)
        return judged

    def _read(self, row: Judged) -> Judged:
        values = {}
        for column in self.table.columns:
            if column.name not in row.cells:
                continue
            text = row.cells[column.name]
            try:
                self._refuse_bad_kin(row.number, column, text)
                values[column.name] = read_cell(column.cell, text, self.known)
                if column.required and not text:
                    raise ValueError(_("This must be given."))
            except ValueError as problem:
                row.reasons[column.name] = str(problem)
        if row.reasons:
            return row
        try:
            row.fields = self.table.fields(values, self.known)
            row.record = self.table.model(**row.fields)
            self._refuse_bad_fields(row)
            self._refuse_other_place(row, row.record)
        except Wrong as wrong:
            row.reasons |= wrong.reasons
        return row

    def _refuse_bad_kin(self, number: int, column: Column, text: str) -> None:
        """Do nothing for a cell that names no row of the file, or one that is good.

        :raises ValueError: otherwise, with words for people.
        """
        if not self.kin or column.name != self.table.within or not text:
            return
        key, said = heading_key(text), {"text": text[:60]}
        if self.kin.is_in_a_circle(number):
            raise ValueError(_("By way of “%(text)s” this row would belong to itself.") % said)
        if self.kin.is_too_deep(number):
            said["most"] = str(MOST_ABOVE)
            raise ValueError(_("More than %(most)s other rows stand above this one, beginning with “%(text)s”.") % said)
        if key in self.kin.several:
            raise ValueError(_("Several are called “%(text)s”; write the key instead, as in the address.") % said)
        if key in self.refused and key not in self.known.names(self._pointer):
            said["row"] = str(self.refused[key])
            raise ValueError(_("“%(text)s” stands in row %(row)s, which is refused.") % said)

    def _refuse_bad_fields(self, row: Judged) -> None:
        """Do nothing for a record whose fields can be stored.

        :raises Wrong: otherwise, each reason at the column of its field.
        """
        # Where a key points has been looked up already.
        keys = {field.name for field in row.record._meta.concrete_fields if field.is_relation}
        try:
            row.record.clean_fields(exclude=keys)
        except ValidationError as error:
            reasons: dict[str, str] = {}
            for name, messages in error.message_dict.items():
                place = name if name in row.cells else ""
                reasons[place] = " ".join([reasons.get(place, ""), *messages]).strip()
            raise Wrong(**reasons) from None

    def _refuse_other_place(self, row: Judged, record: Any) -> None:
        """Do nothing for a record of the place that this file is for.

        :raises Wrong: for one of another place.
        """
        if self.known.place and self.table.place_of(record) != self.known.place:
            column = self.table.place_column if self.table.place_column in row.cells else ""
            raise Wrong(**{column: _("This row is for another place than the file.")})

    def _refuse_repeated(self, row: Judged) -> None:
        key = next((key for key in self.table.keys if self._usable(row.record, key, fresh=True)), None)
        if key is None:
            return
        # A record that is yet to be made has no number; it is made once, so it is told apart by itself.
        ident = (key, *(_value(row.record, name, getattr(row.record, name)) for name in key))
        before = self.seen.setdefault(ident, row.number)
        if before != row.number:
            row.reasons[""] = _("Row %(row)s is about the same already.") % {"row": before}

    def _match(self, rows: list[Judged], key: tuple[str, ...]) -> None:
        wanted = {self._ident(row.record, key): row for row in rows if self._usable(row.record, key)}
        if not wanted:
            return
        narrow = {}
        for place, name in enumerate(key):
            values = {ident[place] for ident in wanted}
            if None not in values:
                narrow[f"{_attname(self.table.model, name)}__in"] = values
        found = self.table.model._default_manager.filter(**narrow).select_related(*self.table.follows)
        for record in found.select_for_update(of=("self",), no_key=True):
            if (row := wanted.get(self._ident(record, key))) and row.existing is None:
                row.existing = record

    def _compare(self, row: Judged) -> None:
        try:
            self._refuse_other_place(row, row.existing)
        except Wrong as wrong:
            row.reasons |= wrong.reasons
            return
        for name, value in row.fields.items():
            if name in self.table.made_up:
                continue
            attname = _attname(self.table.model, name)
            is_fresh = isinstance(value, Model) and value.pk is None
            if is_fresh or getattr(row.existing, attname) != getattr(row.record, attname):
                row.changes[name] = value
        if self.kin and self.table.within in row.changes:
            self._refuse_circle(row)

    def _refuse_circle(self, row: Judged) -> None:
        """Refuse a row whose record would belong to itself, by way of what the database says of others."""
        name = self.table.within
        upper, below = row.changes[name], row.existing.pk
        # What is new may stand between; nothing new stands above it that was not looked at.
        while upper is not None and upper.pk is None:
            upper = getattr(upper, name)
        here = upper and upper.pk
        while here is not None and here != below:
            here = self._above.get(here)
        if here is None:
            self._above[below] = upper and upper.pk
        else:
            said = {"text": row.cells[name][:60]}
            row.reasons[name] = _("By way of “%(text)s” this row would belong to itself.") % said

    def _ident(self, record: Any, key: tuple[str, ...]) -> Ident:
        return tuple(getattr(record, _attname(self.table.model, name)) for name in key)

    def _usable(self, record: Any, key: tuple[str, ...], *, fresh: bool = False) -> bool:
        """Tell whether a record can be found by these fields: none of them is empty that must not be.

        Where emptiness is the default of a field, it says something: a number of no sex is of everybody.
        """
        for name in key:
            its: Field[Any, Any] = self.table.model._meta.get_field(name)  # type: ignore[assignment]
            value = getattr(record, its.attname)
            if (value == "" and its.default != "") or (
                value is None and not its.null and not (fresh and its.is_relation)
            ):
                return False
        return True


def _attname(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _value(record: Any, name: str, value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk or id(value)
    return value
