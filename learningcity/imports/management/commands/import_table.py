from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import override

from learningcity.common.sheets.guards import Unreadable
from learningcity.imports.actions import check_now, write_now
from learningcity.imports.enums import Mode, State, Verdict
from learningcity.imports.models import Import
from learningcity.imports.queries import reasons_of, rows_of
from learningcity.imports.registry import NotRegistered, table_named, tables


class Command(BaseCommand):
    """Import a spreadsheet without anybody's approval, for whoever runs the site; it can be undone in the site."""

    help = (
        "Import a table from an XLSX or CSV file and print JSON: rows_read, good, refused, added, changed, unchanged, "
        "and in refusals the row number, column and reason of whatever was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help=f"one of: {', '.join(table.name for table in tables())}")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only; store nothing")
        parser.add_argument("--place", default="", help="the slug of the city that the whole file is for")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="store nothing if a row is refused (else the good rows)"
        )

    def handle(self, *words: Any, **options: Any) -> None:
        try:
            table_named(options["kind"])
            # Reasons are written in one language, whoever runs the command.
            with override("en"), transaction.atomic():
                upload = check_now(options["file"], options["kind"], options["place"])
                if not options["dry_run"]:
                    upload = write_now(upload, Mode.ALL if options["all_or_nothing"] else Mode.GOOD)
                answer = told(upload)
                transaction.set_rollback(options["dry_run"])
        except NotRegistered as unknown:
            known = ", ".join(table.name for table in tables())
            raise CommandError(f"There is no table “{unknown}”; the tables are: {known}.") from unknown
        except OSError as problem:
            raise CommandError(f"The file cannot be opened: {problem}") from problem
        except Unreadable as problem:
            answer = nothing_read(str(problem))
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        if "problem" in answer:
            raise SystemExit(1)


def told(upload: Import) -> dict[str, Any]:
    """Return what became of a file, for machines."""
    if upload.state == State.UNREADABLE:
        return nothing_read(upload.problem)
    answer: dict[str, Any] = {
        "rows_read": upload.rows_read,
        "good": upload.good,
        "refused": upload.refused,
        "added": upload.added,
        "changed": upload.changed,
        "unchanged": upload.unchanged,
        "written": upload.state == State.APPLIED,
        "refusals": [
            {"row": row.number, "column": column or None, "reason": reason}
            for row in rows_of(upload, Verdict.REFUSED).iterator(chunk_size=1000)
            for column, reason in reasons_of(row, table_named(upload.table))
        ],
        "unknown_columns": upload.layout["unknown"],
    }
    return answer | ({"problem": upload.problem} if upload.problem else {})


def nothing_read(problem: str) -> dict[str, Any]:
    counts = dict.fromkeys(("rows_read", "good", "refused", "added", "changed", "unchanged"), 0)
    return {**counts, "written": False, "refusals": [], "unknown_columns": [], "problem": problem}
