"""Records written from rows: many at once, one by one only where the database refuses some of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from learningcity.audit.actions import write
from learningcity.common.fields import SortKeyField
from learningcity.imports.enums import Verdict
from learningcity.imports.models import Import, Row
from learningcity.imports.queries import Judged
from learningcity.imports.registry import Known, Table
from learningcity.search.actions import index
from learningcity.sources.models import Source
from learningcity.sources.queries import facts_per_source


class Writer:
    """One run of writing: what it touched is brought up to date at the end, once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.touched: set[Hashable] = set()
        self.before: dict[int, dict[str, Any]] = {}

    def write(self, judged: Iterable[Judged]) -> None:
        """Write the good rows; a row that the database refuses gets its reason."""
        rows = [row for row in judged if row.verdict in (Verdict.ADDED, Verdict.CHANGED)]
        for row in rows:
            _save_keys(row)
            if row.existing is not None:
                self.touched.update(self.table.touches(row.existing))
                self.before[row.number] = stored(row.existing, row.changes)
                for name, value in row.changes.items():
                    setattr(row.existing, name, value)
        self._write_together([row for row in rows if row.existing is None], self._add)
        self._write_together([row for row in rows if row.existing is not None], self._change)
        for row in rows:
            if not row.reasons:
                self.touched.update(self.table.touches(row.existing or row.record))

    def kept(self, upload: Import, row: Judged) -> Row:
        """Return a row with what it did, as it is kept."""
        verdict = row.verdict
        told = Row(upload=upload, number=row.number, cells=row.cells, verdict=verdict, reasons=row.reasons)
        if verdict == Verdict.ADDED:
            told.key, told.after = str(row.record.pk), stored(row.record, row.fields)
        elif verdict == Verdict.CHANGED:
            told.key, told.after = str(row.existing.pk), stored(row.existing, row.changes)
            told.before = self.before[row.number]
        return told

    def finish(self, known: Known) -> list[int]:
        """Bring up to date what the written rows touch, and return the numbers of the sources that were made."""
        self.table.refresh(self.touched)
        sources = [record for record in known.fresh.values() if isinstance(record, Source) and record.pk]
        used = facts_per_source(*sources)
        for source in sources:
            # The rows that named it may have been refused in the end.
            if used[source.pk]:
                index(source)
            else:
                source.delete()
        return [source.pk for source in sources if source.pk]

    def _write_together(self, rows: list[Judged], store: Any) -> None:
        if not rows:
            return
        try:
            with transaction.atomic():
                store(rows)
            return
        except IntegrityError:
            for row in rows:
                if row.existing is None:
                    # A number that was given out before the refusal is not that of a row.
                    row.record.pk = None
                    row.record._state.adding = True  # noqa: SLF001 -- how Django knows a new record
        for row in rows:
            try:
                with transaction.atomic():
                    store([row])
            except IntegrityError:
                row.reasons.update(_faults(row.existing or row.record))

    def _add(self, rows: list[Judged]) -> None:
        self.table.model._default_manager.bulk_create([row.record for row in rows])

    def _change(self, rows: list[Judged]) -> None:
        change_together([row.existing for row in rows], {name for row in rows for name in row.changes})


def change_together(records: list[Any], names: set[str]) -> None:
    """Save these fields of many records of one model, and the keys by which it is sorted."""
    if not records or not names:
        return
    keys = [field for field in records[0]._meta.concrete_fields if isinstance(field, SortKeyField)]
    for field in keys:
        for record in records:
            field.pre_save(record, False)
    manager = type(records[0])._default_manager
    manager.bulk_update(records, sorted(names | {field.name for field in keys}), batch_size=500)


def stored(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return what stands in these fields of a record, keys as numbers."""
    return {name: getattr(record, record._meta.get_field(name).attname) for name in names}


def _save_keys(row: Judged) -> None:
    """Save the records that a row points at and that are not there yet."""
    for name, value in row.fields.items():
        if isinstance(value, Model):
            _save_new(value)
            setattr(row.record, name, value)


def _save_new(record: Model) -> None:
    """Save a record that is not there yet, after those that it points at."""
    if record.pk is not None:
        return
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and (value := field.get_cached_value(record, None)) is not None:
            _save_new(value)
            setattr(record, field.name, value)
    record.save(force_insert=True)
    if isinstance(record, Source):
        write("sources.add_source", record, by=None)


def _faults(record: Any) -> dict[str, str]:
    """Return why the database refuses a record, in the words of the model."""
    try:
        record.full_clean()
    except ValidationError as error:
        return {
            "" if name == NON_FIELD_ERRORS else name: " ".join(messages)
            for name, messages in error.message_dict.items()
        }
    return {"": _("The database refuses this row.")}
