"""Imports as public content: whoever brings a file proposes, somebody else approves, and then the rows are written."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.imports.actions import is_released, release
from learningcity.imports.forms import ReleaseForm
from learningcity.imports.models import Import
from learningcity.imports.queries.uploads import KIND
from learningcity.imports.registry import table_named
from learningcity.moderation.registry import Kind, Values, register


def register_kinds() -> None:
    """Put imports under moderation."""
    register(
        Kind(
            name=KIND,
            label=gettext_lazy("import of a table"),
            plural=gettext_lazy("imports of tables"),
            model=Import,
            form=ReleaseForm,
            place_of=lambda upload: upload.place,
            values_of=values_of,
            records_in=records_in,
            save=save,
            title_of=title_of,
            can_begin=False,
        )
    )


def values_of(upload: Import) -> Values:
    """Return how an import was written; before it was, nothing."""
    return {"mode": upload.mode if is_released(upload) else ""}


def records_in(place: str) -> QuerySet[Import]:
    """Return none: imports have a page of their own, and nobody changes one after it was written."""
    return Import.objects.none()


def save(upload: Import, form: Any, place: str) -> Import:
    """Have the rows written."""
    return release(upload, form.cleaned_data["mode"])


def title_of(upload: Import) -> str:
    """Return what is imported from which file, and how much of it would be new."""
    said = {
        "table": table_named(upload.table).label,
        "file": upload.name,
        "added": upload.added,
        "changed": upload.changed,
    }
    return _("%(table)s from “%(file)s”: %(added)s new, %(changed)s changed") % said
