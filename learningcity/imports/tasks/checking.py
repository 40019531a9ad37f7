from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from learningcity.audit.actions import write
from learningcity.common.sheets.guards import Unreadable
from learningcity.imports.enums import State, Verdict
from learningcity.imports.models import Import, Row
from learningcity.imports.queries import Judge, Judged, Opened, opened_table
from learningcity.imports.registry import table_named
from learningcity.imports.tasks.keeping import keep_rows
from learningcity.imports.tasks.progress import told_progress
from learningcity.imports.tasks.writing import Writer

BATCH = 1_000


def check_rows(number: int) -> None:
    """Read the file of an import and judge its rows. A second run begins anew; what is checked already is left alone."""
    if upload := _begun(number):
        with local_file(upload) as path:
            check_file(upload, path)


def check_file(upload: Import, path: Path) -> None:
    """Judge the rows of a file, wherever it lies."""
    with translation.override(upload.language), told_progress(upload.pk) as tell:
        try:
            with opened_table(path, upload.format, table_named(upload.table)) as opened:
                upload.layout = opened.layout.as_json()
                _judge_all(upload, opened, tell)
        except Unreadable as problem:
            _finish(upload, State.UNREADABLE, str(problem))
        except Exception:
            _finish(upload, State.UNREADABLE, _("Something went wrong on our side. Nothing is lost; try again later."))
            raise
        else:
            _finish(upload, State.CHECKED, "")


def _begun(number: int) -> Import | None:
    with transaction.atomic():
        upload = Import.objects.select_for_update(no_key=True).get(pk=number)
        if upload.state != State.UPLOADED:
            return None
        Row.objects.filter(upload=upload).delete()
        return upload


@contextmanager
def local_file(upload: Import) -> Iterator[Path]:
    """Provide the file of an import on this machine, wherever files are kept."""
    with tempfile.NamedTemporaryFile(suffix=f".{upload.format}") as copy:
        with upload.file.open("rb") as kept:
            shutil.copyfileobj(kept, copy)
        copy.flush()
        yield Path(copy.name)


def _judge_all(upload: Import, opened: Opened, tell: Callable[[int, int], None]) -> None:
    """Judge all rows and keep the verdicts.

    :raises Unreadable: if there is no row, or the file turns out to be damaged.
    """
    judge = Judge(table_named(upload.table), upload.place)
    counts: Counter[str] = Counter()
    for batch in judge.parts(opened.rows, BATCH):
        with transaction.atomic():
            judged = judge.judge(batch)
            _try(judge, judged)
            keep_rows(kept(upload, row) for row in judged)
        counts.update(row.verdict for row in judged)
        tell(min(counts.total(), opened.height), opened.height)
    if not counts:
        raise Unreadable(_("There is no row below the headings."))
    count(upload, counts)


def _try(judge: Judge, judged: list[Judged]) -> None:
    """Let the database say what only it can: the rows are written, and taken back at once."""
    with transaction.atomic():
        Writer(judge.table).write(judged)
        transaction.set_rollback(True)
    judge.learn(judged)
    for record in judge.known.fresh.values():
        # It is not there any more, whatever it believes.
        record.pk = None
        record._state.adding = True  # noqa: SLF001 -- how Django knows a new record


def kept(upload: Import, row: Judged) -> Row:
    """Return a verdict as it is kept."""
    return Row(upload=upload, number=row.number, cells=row.cells, verdict=row.verdict, reasons=row.reasons)


def count(upload: Import, counts: Counter[str]) -> None:
    """Write into an import how many rows there are of each verdict."""
    for verdict in Verdict:
        setattr(upload, verdict.value, counts[verdict])


@transaction.atomic
def _finish(upload: Import, state: State, problem: str) -> None:
    if state == State.UNREADABLE:
        Row.objects.filter(upload=upload).delete()
        count(upload, Counter())
    current = Import.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if current.state != State.UPLOADED:
        # Somebody discarded it meanwhile.
        return
    upload.state, upload.problem = state, problem
    upload.save()
    write(
        "imports.check",
        upload,
        by=None,
        before=State.UPLOADED,
        after=state,
        rows=upload.rows_read,
        refused=upload.refused,
    )
