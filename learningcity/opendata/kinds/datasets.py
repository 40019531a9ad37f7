"""Datasets that people bring, as moderation needs to know them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import pair_columns, pair_values
from learningcity.common.slugs import free_slug
from learningcity.common.text import LANGUAGES
from learningcity.moderation.registry import Kind, Values
from learningcity.opendata.actions import Part, add_version, parts_of
from learningcity.opendata.actions.uploads import let_go
from learningcity.opendata.enums import Standing
from learningcity.opendata.forms.datasets import DatasetForm
from learningcity.opendata.models import Dataset, Distribution, Upload
from learningcity.opendata.queries import newest_version
from learningcity.opendata.queries.suggesting import names_of_files
from learningcity.opendata.queries.uploads import hands_in
from learningcity.search.actions import index

TEXTS = ("title", "notes", "origin", "maintainer")
PLAIN = ("data_type", "rhythm", "coverage", "category", "license", "maintainer_email", "landing_page", "objectives")
FLAGS = ("allow_harvest", "is_high_value", "is_reference", "is_official_statistics")
NUMBERS = ("interval", "first_year", "last_year")


def datasets_in(place: str) -> QuerySet[Dataset]:
    """Return the datasets that somebody brought for a place; what the platform itself knows is described in its code."""
    return Dataset.objects.filter(place=place, publication="", withdrawn_at__isnull=True).order_by("-changed_at", "uid")


def values_of(dataset: Dataset) -> Values:
    keywords = {f"keywords_{language}": ", ".join(getattr(dataset, f"keywords_{language}")) for language in LANGUAGES}
    numbers = {name: getattr(dataset, name) for name in NUMBERS}
    return {
        **pair_values(dataset, *TEXTS),
        **keywords,
        **{name: getattr(dataset, name) for name in PLAIN},
        **{name: "on" if getattr(dataset, name) else "" for name in FLAGS},
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
        "keeps": [name for name, _label in names_of_files(dataset)],
    }


def save(dataset: Dataset | None, form: Any, place: str) -> Dataset:
    """Write the description, and publish it with its files as the next version."""
    said = form.cleaned_data
    chosen = uploads_named(place, said["uploads"])
    dataset = as_it_stands(dataset) if dataset else None
    dataset = dataset or Dataset(place=place, slug=free_slug(Dataset.objects.all(), said["title_en"]))
    keywords = {name: said[name] for name in ("keywords_th", "keywords_en")}
    for name, value in (pair_columns(said, *TEXTS) | keywords).items():
        setattr(dataset, name, value)
    for name in (*PLAIN, *FLAGS):
        setattr(dataset, name, said[name])
    for name in NUMBERS:
        setattr(dataset, name, None if said[name] is None else int(said[name]))
    dataset.save()
    brought = parts_of(chosen)
    parts = [*parts_that_stay(dataset, said.get("keeps", []), {part.name for part in brought}), *brought]
    add_version(dataset, parts, by=None, note_th=said["news_th"], note_en=said["news_en"])
    let_go(chosen, by=None)
    index(dataset)
    return dataset


def uploads_named(place: str, tokens: list[str]) -> list[Upload]:
    """Return these uploads of a place in the order in which they were chosen; nobody else changes them meanwhile.

    :raises ValidationError: if one was published, dropped or given to be read again since it was chosen.
    """
    locked = Upload.objects.select_for_update(of=("self",)).order_by("pk")
    found = {str(upload.token): upload for upload in locked.filter(place=place, token__in=tokens)}
    if any(token not in found or found[token].standing != Standing.READY for token in tokens):
        raise ValidationError(_("A file that was chosen is published already or was dropped. Choose again."))
    return [found[token] for token in tokens]


def as_it_stands(dataset: Dataset) -> Dataset:
    """Return a dataset as it is by now; nobody else changes it meanwhile.

    :raises ValidationError: if it was withdrawn: what is gone does not come back by a change that was begun before.
    """
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if dataset.is_withdrawn:
        raise ValidationError(_("This was taken off the site meanwhile."))
    return dataset


def parts_that_stay(dataset: Dataset, names: list[str], taken: set[str]) -> list[Part]:
    """Return the files of the newest version that stay, but for those whose place a new file takes."""
    version = newest_version(dataset)
    kept = version.distributions.select_related("file", "table") if version else []
    return [part_again(part) for part in kept if part.name in names and part.name not in taken]


def part_again(part: Distribution) -> Part:
    """Return a file of a version as a file of the next one."""
    copied = ("name", "format", "file", "title_th", "title_en", "table", "schema", "row_count", "problems")
    return Part(**{name: getattr(part, name) for name in copied})


DATASET = Kind(
    name="dataset",
    label=gettext_lazy("Dataset"),
    plural=gettext_lazy("Datasets"),
    model=Dataset,
    form=DatasetForm,
    place_of=lambda dataset: dataset.place,
    values_of=values_of,
    records_in=datasets_in,
    save=save,
    title_of=lambda dataset: dataset.title,
    hands_in=hands_in,
    # What the platform itself knows is described where it is known; what was withdrawn is not described any more.
    stands=lambda dataset: not (dataset.is_live or dataset.is_withdrawn),
)
