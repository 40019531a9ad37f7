"""What the columns of a published dataset mean, as moderation needs to know it: the same files, better explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from learningcity.common.columnar.schema import Column, columns_from
from learningcity.common.text import LocalText
from learningcity.moderation.registry import Kind, Values
from learningcity.opendata.actions import add_version
from learningcity.opendata.forms.columns import ColumnsForm
from learningcity.opendata.kinds.datasets import as_it_stands, datasets_in, part_again
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import newest_version
from learningcity.opendata.queries.columns import Field, fields_of, in_words_of, words_of

NEWS = LocalText("อธิบายคอลัมน์ให้ชัดขึ้น ข้อมูลเหมือนฉบับก่อน", "The columns are better explained; the data are the same.")


def with_columns(place: str) -> QuerySet[Dataset]:
    """Return the datasets of a place that have tables."""
    return datasets_in(place).filter(versions__distributions__table__isnull=False).distinct()


def values_of(dataset: Dataset) -> Values:
    return {box: words_of(field.column)[what] for field in fields_of(dataset) for what, box in field.boxes.items()}


def save(dataset: Dataset, form: Any, place: str) -> Dataset:
    """Publish the same files with what is said of their columns as the next version."""
    dataset = as_it_stands(dataset)
    version = newest_version(dataset)
    said = {(field.part, field.column.name): field for field in fields_of(dataset)}
    parts = []
    for part in version.distributions.select_related("file", "table") if version else []:
        columns = [
            explained(column, said.get((part.name, column.name)), form.cleaned_data)
            for column in columns_from(part.schema)
        ]
        fields = [column.as_json() for column in columns]
        parts.append(replace(part_again(part), schema={**part.schema, "fields": fields} if fields else {}))
    add_version(dataset, parts, by=None, note_th=NEWS.th, note_en=NEWS.en)
    return dataset


def explained(column: Column, field: Field | None, said: dict[str, str]) -> Column:
    """Return a column with what a form says of it; one that came meanwhile stays as it is."""
    if field is None or field.unit not in said:
        return column
    return in_words_of(column, {what: said[box] for what, box in field.boxes.items()})


COLUMNS = Kind(
    name="columns",
    label=gettext_lazy("What the columns mean"),
    plural=gettext_lazy("What the columns of datasets mean"),
    model=Dataset,
    form=ColumnsForm,
    place_of=lambda dataset: dataset.place,
    values_of=values_of,
    records_in=with_columns,
    save=save,
    title_of=lambda dataset: dataset.title,
    stands=lambda dataset: not (dataset.is_live or dataset.is_withdrawn),
    can_begin=False,
)
