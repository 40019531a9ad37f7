"""What the worker does with imports: a number in, no decisions; the same job may run twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.imports.tasks.applying import apply_rows
from learningcity.imports.tasks.checking import check_file, check_rows
from learningcity.imports.tasks.undoing import undo_rows


@app.task(name="imports.check", pass_context=False)
def check(upload: int) -> None:
    check_rows(upload)


@app.task(name="imports.apply", pass_context=False)
def apply(upload: int) -> None:
    apply_rows(upload)


@app.task(name="imports.undo", pass_context=False)
def undo(upload: int) -> None:
    undo_rows(upload)


__all__ = ["apply", "apply_rows", "check", "check_file", "check_rows", "undo", "undo_rows"]
