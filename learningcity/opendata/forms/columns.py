"""What is said of the columns of a published dataset, and why a withdrawn one comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from learningcity.common.content import ContentForm, Pair, Section, Words
from learningcity.opendata.enums import COLUMN_TYPES
from learningcity.opendata.queries.columns import LONGEST_SAYING, Field, fields_of


def labeled(field: Field, what: Words) -> Words:
    """Return what a box is called: whoever approves must read of which column it speaks."""
    return format_lazy("{}: {}", str(field.column.title), what)


class ColumnsForm(ContentForm):
    """For each column of the newest version: what it is called, what it means, and in which unit it counts."""

    def __init__(self, values: Mapping[str, Any] | None = None, *, record: Any = None, **more: Any) -> None:
        self.columns = fields_of(record)
        title, meaning = gettext_lazy("Title"), gettext_lazy("Meaning")
        # Each dataset has columns of its own.
        self.pairs = {  # type: ignore[misc]
            name: pair
            for field in self.columns
            for name, pair in (
                (field.title, Pair(label=labeled(field, title), longest=LONGEST_SAYING)),
                (field.meaning, Pair(label=labeled(field, meaning), longest=LONGEST_SAYING, required="")),
            )
        }
        self.sections = tuple(  # type: ignore[misc]
            Section(
                str(field.column.title),
                (field.title, field.meaning, field.unit),
                hint=format_lazy("{}, {}", f"{field.part}.{field.column.name}", COLUMN_TYPES[field.column.type]),
            )
            for field in self.columns
        )
        super().__init__(values, record=record, **more)

    def prepare(self) -> None:
        for field in self.columns:
            self.fields[field.unit] = forms.CharField(
                label=labeled(field, gettext_lazy("Unit")),  # type: ignore[arg-type]
                required=False,
                max_length=LONGEST_SAYING,
            )


class ReturnForm(ContentForm):
    """Why a withdrawn dataset is published again."""

    pairs = {
        "news": Pair(
            label=gettext_lazy("Why it is published again"),
            hint=gettext_lazy(
                "It comes back as it was, with all its versions, under its old address. These words stand beside its new version."
            ),
            example=gettext_lazy("“ตรวจกับต้นฉบับแล้ว ตัวเลขถูกต้อง”, “Compared with the original; the numbers were right.”"),
            longest=500,
        )
    }
    sections = (Section(gettext_lazy("The reason"), ("news",)),)
