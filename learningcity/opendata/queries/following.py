"""Which table of which dataset a file goes on with: this year's list of schools has the columns of last year's."""

from __future__ import annotations

from collections.abc import Iterable

from learningcity.opendata.models import Dataset, Distribution, Upload, Version

# So much of all headings must be the same.
ALIKE = 0.6
MOST = 200


def tables_of(datasets: Iterable[Dataset]) -> list[Distribution]:
    """Return the tables of the newest versions of datasets."""
    newest = Version.objects.filter(dataset__in=datasets).order_by("dataset", "-number").distinct("dataset")
    found = Distribution.objects.filter(version__in=list(newest), table__isnull=False)
    return list(found.select_related("version__dataset").order_by("-version__made_at", "position"))


def table_before(upload: Upload, datasets: Iterable[Dataset]) -> Distribution | None:
    """Return the table among these datasets of which a file is most likely the next version; None, if it is like none."""
    mine = headings_of(upload.schema)
    best = max(tables_of(datasets), key=lambda part: likeness(mine, headings_of(part.schema)), default=None)
    return best if best and likeness(mine, headings_of(best.schema)) >= ALIKE else None


def dataset_before(upload: Upload) -> Dataset | None:
    """Return the dataset of which a file is most likely the next version."""
    here = Dataset.objects.filter(place=upload.place, publication="", withdrawn_at__isnull=True)
    part = table_before(upload, here.order_by("-changed_at")[:MOST]) if upload.schema else None
    return part.version.dataset if part else None


def headings_of(schema: dict[str, list[dict[str, str]]]) -> set[str]:
    return {field.get("heading") or field["name"] for field in schema.get("fields", [])}


def likeness(one: set[str], other: set[str]) -> float:
    """Return which share of all headings stands in both."""
    return len(one & other) / len(one | other) if one | other else 0
