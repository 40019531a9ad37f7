from __future__ import annotations

import contextlib
from collections.abc import Hashable, Iterator
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.functions import Length
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningcity.audit.actions import write
from learningcity.imports.enums import State
from learningcity.imports.models import Import, Row
from learningcity.imports.registry import Table, table_named
from learningcity.imports.tasks.checking import BATCH
from learningcity.imports.tasks.progress import tell_bringer, told_progress
from learningcity.imports.tasks.writing import change_together
from learningcity.moderation.actions import note_removal
from learningcity.moderation.queries import keys_changed_here
from learningcity.search.actions import forget
from learningcity.search.models import Document
from learningcity.search.registry import source_of
from learningcity.sources.models import Source
from learningcity.sources.queries import facts_per_source


def undo_rows(number: int) -> None:
    """Put everything back as it was before an import; a row that somebody changed since stays, and says so."""
    upload = Import.objects.get(pk=number)
    if upload.state != State.UNDOING:
        return
    with translation.override(upload.language), told_progress(number) as tell, transaction.atomic():
        upload = Import.objects.select_for_update(no_key=True).get(pk=number)
        if upload.state != State.UNDOING:
            return
        table = table_named(upload.table)
        touched: set[Hashable] = set()
        total = Row.objects.filter(upload=upload).exclude(key="").count()
        for done, batch in enumerate(_batches(upload), 1):
            touched |= _put_back(table, batch)
            tell(min(done * BATCH, total), total)
        table.refresh(touched)
        _forget_sources(upload)
        upload.left = Row.objects.filter(upload=upload).exclude(left="").count()
        upload.state, upload.undone_at = State.UNDONE, timezone.now()
        upload.save()
        write("imports.undone", upload, by=None, before=State.UNDOING, after=State.UNDONE, rows=total, left=upload.left)
        tell_bringer(upload)


def _batches(upload: Import) -> Iterator[list[Row]]:
    """Return the rows that did something: what they changed first, because it may lean on what others made.

    Backwards: what was written last may lean on what was written first.
    """
    done = Row.objects.filter(upload=upload).exclude(key="")
    made = done.filter(before__isnull=True).order_by(Length("key").desc(), "-key")
    for rows in (done.filter(before__isnull=False).order_by("-number"), made):
        numbers = iter(list(rows.values_list("number", flat=True)))
        while some := list(islice(numbers, BATCH)):
            yield list(rows.filter(number__in=some))


def _put_back(table: Table, rows: list[Row]) -> set[Hashable]:
    """Put some rows back, and return what they touch."""
    touched: set[Hashable] = set()
    found = table.model._default_manager.select_for_update(of=("self",)).in_bulk([row.key for row in rows])
    records = {str(key): record for key, record in found.items()}
    # Also in what no file says, such as a photo: it would go with the record.
    changed_here = keys_changed_here(table.model, [row.key for row in rows if row.before is None])
    back: list[tuple[Row, Any]] = []
    for row in rows:
        record = records.get(row.key)
        if not (problem := _why_not(record, row, changed_here)):
            touched.update(table.touches(record))
            back.append((row, record))
        row.left = problem
    _remove(table, [(row, record) for row, record in back if row.before is None])
    names: set[str] = set()
    changed = []
    for row, record in back:
        for name, value in (row.before or {}).items():
            setattr(record, record._meta.get_field(name).attname, value)
            names.add(name)
        if row.before is not None:
            changed.append(record)
            touched.update(table.touches(record))
    change_together(changed, names)
    Row.objects.bulk_update([row for row in rows if row.left], ["left"], batch_size=500)
    return touched


def _why_not(record: Any, row: Row, changed_here: set[str]) -> str:
    """Return why a row cannot be put back; nothing, if it can."""
    if record is None:
        return _("The record was removed since.")
    if row.key in changed_here:
        return _("Somebody changed it since, so it stays as it is.")
    for name, value in (row.after or {}).items():
        field: models.Field[Any, Any] = record._meta.get_field(name)
        if getattr(record, field.attname) != _read(field, value):
            return _("Somebody changed it since, so it stays as it is.")
    return ""


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value as it was before it was kept as JSON."""
    if field.is_relation:
        return value
    return field.to_python(value)


class Leaned(Exception):
    """Something else leans on a record, and would go with it."""


def _remove(table: Table, made: list[tuple[Row, Any]]) -> None:
    """Remove the records that rows made, together if nothing leans on them, else one by one."""
    try:
        _remove_together(table, [record for _row, record in made])
    except (Leaned, ProtectedError, RestrictedError):
        for row, record in made:
            try:
                _remove_together(table, [record])
            except (Leaned, ProtectedError, RestrictedError):
                row.left = _("Other records lean on it by now, so it stays.")


@transaction.atomic
def _remove_together(table: Table, records: list[Any]) -> None:
    """Remove some records of a table.

    :raises Leaned: if others would go with them.
    """
    model, keys = table.model, [str(record.pk) for record in records]
    if table.within:
        # They may lean on each other, and go together.
        model._default_manager.filter(pk__in=keys).update(**{table.within: None})
    _count, gone = model._default_manager.filter(pk__in=keys).delete()
    if set(gone) - {model._meta.label}:
        raise Leaned
    note_removal(model, records)
    with contextlib.suppress(LookupError):
        Document.objects.filter(kind=source_of(model).kind, key__in=keys).delete()


def _forget_sources(upload: Import) -> None:
    """Remove the sources that came with an import, unless something leans on them."""
    sources = list(Source.objects.filter(pk__in=upload.new_sources))
    used = facts_per_source(*sources)
    for source in sources:
        if not used[source.pk]:
            forget(source_of(Source).kind, str(source.pk))
            source.delete()
