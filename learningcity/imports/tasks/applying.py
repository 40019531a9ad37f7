from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningcity.audit.actions import write
from learningcity.imports.enums import Mode, State, Verdict
from learningcity.imports.models import Import, Row
from learningcity.imports.queries import Judge, released_by
from learningcity.imports.registry import table_named
from learningcity.imports.tasks.checking import BATCH, count
from learningcity.imports.tasks.keeping import keep_rows
from learningcity.imports.tasks.progress import tell_bringer, told_progress
from learningcity.imports.tasks.writing import Writer


class NotAll(Exception):
    """A row is refused by now, and it was to be all rows or nothing."""


def apply_rows(number: int) -> None:
    """Write the rows of an import, all in one transaction; one that is written already is left alone."""
    upload = Import.objects.get(pk=number)
    if upload.state != State.APPLYING:
        return
    with translation.override(upload.language), told_progress(number) as tell:
        try:
            _apply(number, tell)
        except NotAll as problem:
            _fail(number, str(problem))
        except Exception:
            _fail(number, _("Something went wrong on our side, and nothing was written. Check the file again."))
            raise


@transaction.atomic
def _apply(number: int, tell: Callable[[int, int], None]) -> None:
    """Write all rows.

    :raises NotAll: if a row is refused and none may be left out.
    """
    upload = Import.objects.select_for_update(no_key=True).get(pk=number)
    if upload.state != State.APPLYING:
        return
    table = table_named(upload.table)
    judge, writer = Judge(table, upload.place), Writer(table)
    counts: Counter[str] = Counter({Verdict.REFUSED: 0})
    total = upload.rows_read
    for batch in _batches(upload, judge):
        open_rows = [(row.number, row.cells) for row in batch if row.verdict != Verdict.REFUSED]
        judged = judge.judge(open_rows)
        writer.write(judged)
        judge.learn(judged)
        fresh = {row.number: writer.kept(upload, row) for row in judged}
        for row in fresh.values():
            if row.verdict == Verdict.REFUSED and upload.mode == Mode.ALL:
                said = {"row": row.number, "reason": " ".join(row.reasons.values())}
                raise NotAll(_("Row %(row)s cannot be taken any more: %(reason)s Nothing was written.") % said)
        # Anew rather than changed: that is one statement, however many rows there are.
        Row.objects.filter(upload=upload, number__in=list(fresh)).delete()
        keep_rows(fresh.values())
        counts.update(row.verdict for row in fresh.values())
        counts[Verdict.REFUSED] += len(batch) - len(open_rows)
        tell(counts.total(), total)
    count(upload, counts)
    upload.new_sources = writer.finish(judge.known)
    upload.state, upload.applied_at = State.APPLIED, timezone.now()
    upload.save()
    said_counts: dict[str, Any] = {str(verdict): counts[verdict] for verdict in Verdict}
    write(
        "imports.apply",
        upload,
        by=released_by(upload),
        before=State.APPLYING,
        after=State.APPLIED,
        table=upload.table,
        **said_counts,
    )
    tell_bringer(upload)


def _batches(upload: Import, judge: Judge) -> Iterator[list[Row]]:
    rows = Row.objects.filter(upload=upload).order_by("number")
    # What the rows say is needed beforehand only where they may name each other.
    if judge.table.within:
        said = list(rows.values_list("number", "cells"))
    else:
        said = [(number, {}) for number in rows.values_list("number", flat=True)]
    for batch in judge.parts(said, BATCH):
        yield list(rows.filter(number__in=[number for number, _cells in batch]))


@transaction.atomic
def _fail(number: int, problem: str) -> None:
    upload = Import.objects.select_for_update(no_key=True).get(pk=number)
    upload.state, upload.problem = State.FAILED, problem
    upload.save(update_fields=["state", "problem"])
    write(
        "imports.apply", upload, by=released_by(upload), before=State.APPLYING, after=State.FAILED, table=upload.table
    )
    tell_bringer(upload)
