"""Which datasets changed lately, and which were withdrawn."""

from heapq import nlargest

from django.urls import reverse
from django.utils.translation import gettext as _

from learningcity.opendata.enums import Category
from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import Entry, catalog, entries, withdrawn
from learningcity.portal.queries.changes import Change


def latest_data_changes(most: int) -> list[Change]:
    """Return the latest changes of datasets in the reader's language, newest first."""
    found = [
        *map(of_entry, entries(catalog()[:most])),
        *map(of_withdrawal, withdrawn().filter(category=Category.PUBLIC)[:most]),
    ]
    return nlargest(most, found, key=lambda change: (change.at, change.key))


def of_entry(entry: Entry) -> Change:
    """Return what is new in a dataset: what its publisher says of the version, or what it is at all."""
    dataset, version = entry.dataset, entry.version
    return Change(
        # Each version is news of its own.
        key=f"dataset/{dataset.uid}/{version.number if version else 0}",
        at=dataset.changed_at,
        title=str(dataset.title),
        text=str((version and version.note) or dataset.notes or dataset.title),
        address=reverse("dataset", args=[dataset.slug]),
    )


def of_withdrawal(dataset: Dataset) -> Change:
    return Change(
        key=f"dataset/{dataset.uid}/withdrawn",
        at=dataset.changed_at,
        title=str(dataset.title),
        text=_("Withdrawn: %(reason)s") % {"reason": dataset.reason},
        address=reverse("dataset", args=[dataset.slug]),
    )
