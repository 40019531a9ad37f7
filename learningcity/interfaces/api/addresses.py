"""Every address of the API: what may be asked there, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import create_model

from learningcity.interfaces.api import datasets, finding, library, numbers, partners, places, schemas, stories, tables
from learningcity.interfaces.api.asked import Asked
from learningcity.interfaces.api.fields import Record, here
from learningcity.interfaces.api.resources import Resource, one_of, page_of, page_schema
from learningcity.interfaces.api.schemas import Schema

RESOURCES: tuple[Resource, ...] = (
    *places.RESOURCES,
    *numbers.RESOURCES,
    *stories.RESOURCES,
    *library.RESOURCES,
    *partners.RESOURCES,
)
AskedOfNothing: type[Asked] = create_model("Nothing")


@dataclass(frozen=True)
class Address:
    """An address at which something is answered."""

    path: str
    # The name of the operation; it never changes.
    name: str
    about: str
    tag: str
    asked: type[Asked]
    answer: Callable[..., Any]
    schema: Schema
    # Parameters that may be said more than once.
    repeated: tuple[str, ...] = ()


def index(request: HttpRequest, asked: Any) -> Record:
    """Return where everything begins."""
    lists = {address.name: here(address.path[1:]) for address in ADDRESSES if "{" not in address.path[1:]}
    lists.pop("index")
    return {"documentation": here("docs"), "openapi": here("openapi.json"), "lists": lists}


def listing(resource: Resource, request: HttpRequest, asked: Any) -> Record:
    return page_of(resource, request, asked)


def single(resource: Resource, request: HttpRequest, asked: Any, **parts: Any) -> Record:
    (key,) = parts.values()
    return one_of(resource, key, asked)


def of_resources() -> Iterator[Address]:
    """Return the list and the single record of every kind."""
    for resource in RESOURCES:
        gap = "{int:id}" if resource.key == "id" else "{slug}"
        yield Address(
            path=f"/{resource.name}",
            name=resource.name,
            about=resource.about,
            tag=resource.name,
            asked=resource.asked_of_list(),
            answer=partial(listing, resource),
            schema=page_schema(schemas.named(resource.one)),
        )
        yield Address(
            path=f"/{resource.name}/{gap}",
            name=resource.one.lower(),
            about=_("One record, with all that is said of it."),
            tag=resource.name,
            asked=resource.asked_of_one(),
            answer=partial(single, resource),
            schema=schemas.named(resource.one),
        )


def of_datasets() -> Iterator[Address]:
    """Return what may be asked of datasets and their tables."""
    one, at = "/datasets/{slug}", "/datasets/{slug}/versions/{int:number}"
    said, tag = schemas.named("Dataset"), "datasets"
    files, version = page_schema(schemas.part(datasets.FILE["properties"])), schemas.part(datasets.VERSION)
    then = schemas.part({**datasets.DATASET, **datasets.VERSION})
    about = _("The catalog: data that anybody may take away.")
    yield Address("/datasets", "datasets", about, tag, datasets.AskedOfList, datasets.datasets, page_schema(said))
    about = _("One dataset as it is now.")
    yield Address(one, "dataset", about, tag, datasets.AskedOfOne, datasets.dataset, said)
    about = _("What can be fetched of it now.")
    yield Address(f"{one}/files", "files", about, tag, datasets.AskedOfFiles, datasets.files, files)
    about, listed = _("Every version of a dataset."), page_schema(version)
    yield Address(f"{one}/versions", "versions", about, tag, datasets.AskedOfVersions, datasets.versions, listed)
    about = _("A dataset as it was in one version.")
    yield Address(at, "version", about, tag, datasets.AskedOfVersion, datasets.version, then)
    about = _("The files of a version.")
    yield Address(f"{at}/files", "version-files", about, tag, datasets.AskedOfFiles, datasets.version_files, files)
    yield Address(
        path=f"{one}/tables",
        name="tables",
        about=_("The tables of a dataset, with their columns."),
        tag="tables",
        asked=tables.AskedOfTables,
        answer=tables.tables,
        schema=tables.TABLES,
    )
    yield Address(
        path=f"{one}/tables/{{name}}",
        name="table",
        about=_("The rows of a table: filtered, sorted, grouped, measured."),
        tag="tables",
        asked=tables.AskedOfTable,
        answer=tables.table,
        schema=tables.ROWS,
        repeated=("where",),
    )


ADDRESSES: tuple[Address, ...] = (
    Address(
        path="/",
        name="index",
        about=_("Where everything begins."),
        tag="index",
        asked=AskedOfNothing,
        answer=index,
        schema=schemas.whole(
            {
                "documentation": schemas.ADDRESS,
                "openapi": schemas.ADDRESS,
                "lists": {"type": "object", "additionalProperties": schemas.ADDRESS},
            }
        ),
    ),
    *of_datasets(),
    *of_resources(),
    Address(
        path="/search",
        name="search",
        about=_("The search of the site over everything that is public, ten on a page."),
        tag="search",
        asked=finding.AskedOfSearch,
        answer=finding.found,
        schema=page_schema(schemas.part(finding.HIT)),
    ),
)
NAMED: dict[str, Schema] = {
    **schemas.NAMED,
    "Dataset": schemas.part(datasets.DATASET),
    **{resource.one: resource.schema for resource in RESOURCES},
}
