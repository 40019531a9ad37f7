"""A withdrawn dataset published again, as moderation needs to know it: somebody says why, and somebody else approves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.moderation.registry import Kind
from learningcity.opendata.actions import make_version
from learningcity.opendata.forms.columns import ReturnForm
from learningcity.opendata.kinds.datasets import part_again
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import newest_version, withdrawn


def withdrawn_in(place: str) -> QuerySet[Dataset]:
    """Return the datasets that a place brought and withdrew, the latest first."""
    return withdrawn().filter(place=place, publication="")


def save(dataset: Dataset, form: Any, place: str) -> Dataset:
    """Publish a dataset as it was when it was withdrawn; that it was gone, its next version says.

    :raises ValidationError: if it is not withdrawn any more.
    """
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if not dataset.is_withdrawn:
        raise ValidationError(_("It is published again already."))
    last = newest_version(dataset)
    dataset.withdrawn_at, dataset.reason_th, dataset.reason_en = None, "", ""
    dataset.allow_harvest = bool(last and last.metadata.get("allow_harvest"))
    dataset.save()
    parts = [part_again(part) for part in last.distributions.select_related("file", "table")] if last else []
    said = form.cleaned_data
    make_version(dataset, parts, by=None, note_th=said["news_th"], note_en=said["news_en"])
    return dataset


RETURN = Kind(
    name="return",
    label=gettext_lazy("Dataset published again"),
    plural=gettext_lazy("Withdrawn datasets"),
    model=Dataset,
    form=ReturnForm,
    place_of=lambda dataset: dataset.place,
    values_of=lambda dataset: {},
    records_in=withdrawn_in,
    save=save,
    title_of=lambda dataset: dataset.title,
    stands=lambda dataset: dataset.is_withdrawn and not dataset.is_live,
    can_begin=False,
)
