from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import override

from learningcity.audit.actions import write
from learningcity.common.descent import IN_A_CIRCLE, depths
from learningcity.common.loading import Problem, Refused, Row, columns_of, precision_of, read_cell, read_table
from learningcity.portal.actions.memory import Memory, Shelf, digest_of, said_by
from learningcity.portal.actions.tables import TABLES, Table
from learningcity.search.actions import reindex_all

# What stands in the place of a record whose own row was refused, so that rows leaning on it are not blamed as well.
REFUSED = object()
# What stands in the place of a record that was loaded once and taken off the site since: it is not brought back.
GONE = object()


@dataclass
class Loaded:
    """What one file brought."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # Records that were loaded once and are in the file no longer; they stay.
    only_stored: list[str] = field(default_factory=list)
    # Rows that are new in the file, about records that were changed or taken off on the site; the site has its way.
    kept: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """How far one file has been read."""

    table: Table
    loaded: Loaded
    shelf: Shelf
    # On which line each name stands, and the records to be added with their rows.
    lines: dict[str, int] = field(default_factory=dict)
    fresh: list[tuple[Row, models.Model]] = field(default_factory=list)
    # Stored records that shall lean on one of those.
    late: list[tuple[Row, models.Model]] = field(default_factory=list)
    # What is to be remembered: the rows whose word counts, with their records.
    taken: list[tuple[str, Row, models.Model]] = field(default_factory=list)


@transaction.atomic
def load_folder(folder: Path) -> list[Loaded]:
    """Bring the database up to what the files of a folder say; do it all, or nothing.

    :raises Refused: if any row of any file cannot be taken.
    """
    refuse_unknown_files(folder)
    load = Load()
    # Reasons are written for the people who keep the files, in one language whoever runs the command.
    with override("en"):
        for table in TABLES:
            load.take(table, folder / table.file)
    if load.problems:
        raise Refused(load.problems)
    changes = {loaded.file: [loaded.added, loaded.changed] for loaded in load.loaded if loaded.added or loaded.changed}
    if changes:
        reindex_all()
        write("load data", "data", by=None, files=changes)
    return load.loaded


def refuse_unknown_files(folder: Path) -> None:
    """Do nothing for a folder that holds tables we know.

    :raises Refused: if there is none, or another one.
    """
    names = {path.name for path in folder.glob("*.csv")}
    known = {table.file for table in TABLES}
    if not names & known:
        raise Refused([Problem(str(folder), 0, "there is no table in this folder")])
    if names - known:
        raise Refused([Problem(name, 0, "no table has this name") for name in sorted(names - known)])


class Load:
    """One run over all files: what was stored before and what was read so far, by model and name."""

    def __init__(self) -> None:
        self.records: dict[type[models.Model], dict[str, Any]] = {}
        self.problems: list[Problem] = []
        self.loaded: list[Loaded] = []
        self.memory = Memory()

    def take(self, table: Table, path: Path) -> None:
        """Store what a file says; without a file only learn what is stored, for others to point at."""
        stored = self._stored(table)
        shelf = self.memory.shelves[table.file]
        known = self.records[table.model] = {table.name_of(record): record for record in stored}
        by_key = {str(record.pk): record for record in stored}
        for name, before in shelf.by_name.items():
            # Other files know a record by the name it had when it was loaded, whatever it is called by now.
            known[name] = by_key.get(before.key) or known.get(name) or GONE
        if not path.exists():
            return
        try:
            rows = read_table(path, columns_of(table.model))
        except Refused as refused:
            self.problems += refused.problems
            return
        reading = Reading(table, Loaded(path.name), shelf)
        for row in self._in_order(reading, rows):
            self._take_row(reading, row)
        self._add(reading)
        if not self.problems and reading.taken:
            self.memory.keep(table.file, reading.taken, said_columns(table.model))
        left = shelf.by_name.keys() - reading.lines.keys()
        reading.loaded.only_stored = sorted(name for name in left if known[name] is not GONE)
        self.loaded.append(reading.loaded)

    def _stored(self, table: Table) -> list[Any]:
        """Return the stored records, their keys pointing at records that are already here: no query per row."""
        records = list(table.model._default_manager.filter(table.among))
        for name in table.key:
            if target := table.model._meta.get_field(name).related_model:
                known = {record.pk: record for record in self._saved(target)}
                for record in records:
                    setattr(record, name, known.get(getattr(record, f"{name}_id")))
        return records

    def _saved(self, model: Any) -> list[Any]:
        return [record for record in self.records[model].values() if record not in (REFUSED, GONE) and record.pk]

    def _in_order(self, reading: Reading, rows: list[Row]) -> list[Row]:
        """Return the rows of a file, those behind others on which they lean; refuse those that lean on themselves."""
        table = reading.table
        column = own_key(table.model)
        if not column:
            return rows
        depth = depths({table.written(row): row.cells[column] for row in rows})
        for row in rows:
            if depth[table.written(row)] == IN_A_CIRCLE:
                self.problems.append(row.problem(f"{column}: “{row.cells[column]}” leads back to this row"))
                reading.lines.setdefault(table.written(row), row.line)
                self.records[table.model][table.written(row)] = REFUSED
        ordered = sorted(rows, key=lambda row: depth[table.written(row)])
        return [row for row in ordered if depth[table.written(row)] != IN_A_CIRCLE]

    def _take_row(self, reading: Reading, row: Row) -> None:
        table, known = reading.table, self.records[reading.table.model]
        if before := reading.shelf.by_digest.get(digest_of(row)):
            self._pass(reading, row, before.name)
            return
        written = table.written(row)
        values, reasons = self._read(table, row)
        if reasons or REFUSED in values.values():
            reading.lines.setdefault(written, row.line)
            known.setdefault(written, REFUSED)
        elif GONE in values.values():
            reading.lines.setdefault(written, row.line)
            known.setdefault(written, GONE)
            reading.loaded.kept.append(written)
        else:
            name = table.name_of(table.model(**values))
            reasons += self._twice(reading, name)
            if not reasons:
                reading.lines[name] = row.line
                reasons += self._keep(reading, row, name, values)
        self.problems += [row.problem(reason) for reason in reasons]

    def _pass(self, reading: Reading, row: Row, name: str) -> None:
        """Leave a record as it is whose row says what it said when it was taken last."""
        self.problems += [row.problem(reason) for reason in self._twice(reading, name)]
        reading.lines.setdefault(name, row.line)
        reading.loaded.unchanged += 1

    def _twice(self, reading: Reading, name: str) -> list[str]:
        return [f"line {reading.lines[name]} says this already ({name})"] if name in reading.lines else []

    def _read(self, table: Table, row: Row) -> tuple[dict[str, Any], list[str]]:
        """Return the values of a row and the reasons for which it cannot be taken."""
        values: dict[str, Any] = {}
        reasons = []
        for column, text in row.cells.items():
            target: Any = table.model._meta.get_field(column)
            try:
                values |= self._point(target, text) if target.is_relation else read_cell(target, text)
            except ValueError as error:
                reasons.append(f"{column}: {error}")
        return values, reasons

    def _point(self, key: Any, text: str) -> dict[str, Any]:
        """Return the record that a cell points at by its name.

        :raises ValueError: if there is none.
        """
        if not text and not key.null:
            raise ValueError("this must be given")
        known = self.records[key.related_model]
        if text and text not in known:
            raise ValueError(f"there is no {key.related_model._meta.verbose_name} “{text}”")
        return {key.name: known.get(text)}

    def _keep(self, reading: Reading, row: Row, name: str, values: dict[str, Any]) -> list[str]:
        """Change the record of this name, or remember it for adding; return why it cannot be."""
        known = self.records[reading.table.model]
        record = known.get(name)
        if record is None:
            record = known[name] = reading.table.model(**values)
            reading.fresh.append((row, record))
            reading.taken.append((name, row, record))
            return _faults_of_fields(record)
        if record is GONE:
            reading.loaded.kept.append(name)
            return []
        if all(getattr(record, _column(record, column)) == _plain(value) for column, value in values.items()):
            reading.loaded.unchanged += 1
            reading.taken.append((name, row, record))
            return []
        if self._was_changed_here(reading, name, record):
            reading.loaded.kept.append(name)
            return []
        reading.taken.append((name, row, record))
        for column, value in values.items():
            setattr(record, column, value)
        reading.loaded.changed += 1
        return self._change(reading, row, record)

    def _change(self, reading: Reading, row: Row, record: models.Model) -> list[str]:
        """Store what a row changed, or remember it until what it leans on is there; return why it cannot be."""
        # Once anything was refused nothing will be stored, and then a record may lean on one that has no number yet.
        if self.problems:
            return _faults_of_fields(record)
        column = own_key(reading.table.model)
        upper = getattr(record, column) if column else None
        if upper is not None and upper.pk is None:
            reading.late.append((row, record))
        elif reasons := _faults(record):
            return reasons
        else:
            record.save()
        return []

    def _was_changed_here(self, reading: Reading, name: str, record: models.Model) -> bool:
        """Tell whether a record says something else than when it was loaded, or never was loaded."""
        if self.memory.is_empty:
            return False
        before = reading.shelf.by_name.get(name)
        return before is None or before.said != said_by(record, said_columns(reading.table.model))

    def _add(self, reading: Reading) -> None:
        """Store all new records of a file at once, or find out which of them the database refuses."""
        reading.loaded.added = len(reading.fresh)
        # A row that was refused already would only be refused again, in the words of the database.
        if self.problems or not (reading.fresh or reading.late):
            return
        one_by_one = list(reading.late)
        try:
            with transaction.atomic():
                for some in levels([record for _, record in reading.fresh]):
                    reading.table.model._default_manager.bulk_create(some)
        except IntegrityError:
            one_by_one = [*reading.fresh, *one_by_one]
        for row, record in one_by_one:
            if reasons := _faults(record):
                self.problems += [row.problem(reason) for reason in reasons]
            else:
                record.save()


def own_key(model: type[models.Model]) -> str:
    """Return the field by which records of a model lean on others of it, or ""."""
    return next((field.name for field in model._meta.concrete_fields if field.related_model is model), "")


def levels(records: list[models.Model]) -> list[list[models.Model]]:
    """Return new records that stand behind those on which they lean, so that none is in one list with such a one."""
    found: list[list[models.Model]] = []
    # By identity, because none of them has a number yet.
    level: dict[int, int] = {}
    for record in records:
        column = own_key(type(record))
        upper = getattr(record, column) if column else None
        here = level[id(record)] = level.get(id(upper), -1) + 1
        if here == len(found):
            found.append([])
        found[here].append(record)
    return found


def said_columns(model: type[models.Model]) -> list[str]:
    """Return the fields of a model that a row says something of: its columns, and how exactly its dates are known."""
    columns = columns_of(model)
    precisions = (precision_of(field) for field in model._meta.concrete_fields if field.name in columns)
    return sorted([*columns, *filter(None, precisions)])


def _column(record: models.Model, name: str) -> str:
    return str(record._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    # A record that is yet to be stored is nothing that another one could point at already.
    return value.pk if isinstance(value, models.Model) and value.pk is not None else value


def _faults_of_fields(record: models.Model) -> list[str]:
    # Where a key points has been looked up already, and every look costs a query.
    keys = {field.name for field in record._meta.concrete_fields if field.is_relation}
    return _reasons(lambda: record.clean_fields(exclude=keys))


def _faults(record: models.Model) -> list[str]:
    """Return what the model itself holds against a record."""
    return _faults_of_fields(record) + _reasons(record.validate_constraints) + _reasons(record.validate_unique)


def _reasons(check: Callable[[], None]) -> list[str]:
    try:
        check()
    except ValidationError as error:
        return [
            message if name == NON_FIELD_ERRORS else f"{name}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []
