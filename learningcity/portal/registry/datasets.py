"""What the search finds of the catalog."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learningcity.opendata.models import Dataset
from learningcity.opendata.queries import catalog
from learningcity.portal.registry.entries import as_they_are, bodies
from learningcity.search.registry import Entry, register


def register_datasets() -> None:
    """Let datasets be found."""
    register("dataset", _("Datasets"), Dataset, dataset_documents)


def dataset_documents(datasets: QuerySet[Dataset]) -> Iterator[Entry]:
    """Describe the datasets that anybody may see."""
    for dataset in (datasets & catalog()).iterator(chunk_size=200):
        texts = [dataset.notes, dataset.origin]
        yield Entry(
            key=str(dataset.pk),
            address=f"/data/{dataset.slug}/",
            title_th=dataset.title_th,
            title_en=dataset.title_en,
            aliases=(*dataset.keywords_th, *dataset.keywords_en),
            city=dataset.place,
            date=dataset.changed_at.date(),
            **bodies(partial(as_they_are, texts)),
        )
