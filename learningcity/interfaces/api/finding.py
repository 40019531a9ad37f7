"""The search of the site, as other programs ask it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field as Parameter, create_model

from learningcity.interfaces.api import schemas
from learningcity.interfaces.api.asked import FIELDS, READABLE, Asked, cursor, fields_in, slug, some_of, yes
from learningcity.interfaces.api.cursors import cursor_at, place_of
from learningcity.interfaces.api.datasets import chosen_of
from learningcity.interfaces.api.fields import Record, as_known, in_both, something
from learningcity.interfaces.api.resources import next_page
from learningcity.search.models import Document
from learningcity.search.queries import Hit, search

LONGEST = 200
LINKS = schemas.whole({"th": schemas.ADDRESS, "en": schemas.ADDRESS})
HIT = {
    "kind": schemas.STRING,
    "key": schemas.STRING,
    "title": schemas.TEXT,
    "city": schemas.maybe(schemas.STRING),
    "date": schemas.maybe(schemas.DATE),
    "links": LINKS,
}
AskedOfSearch: type[Asked] = create_model(
    "Search",
    q=(
        str,
        Parameter(
            ...,
            min_length=1,
            max_length=LONGEST,
            pattern=READABLE,
            description=_("What to look for, in Thai or in English."),
        ),
    ),
    kind=slug(_("Only this kind of record: `city`, `practice`, `dataset` …")),
    city=slug(_("Only what belongs to this city: its key.")),
    fields=some_of(HIT, FIELDS),
    cursor=cursor(),
    total=yes(_("Whether to tell how many records answer.")),
)


def found(request: HttpRequest, asked: Any) -> Record:
    """Return a page of the records that answer a query, the best first."""
    question = {"list": "search", "q": asked.q, "kind": asked.kind, "city": asked.city}
    page = place_of(asked.cursor, question) if asked.cursor else 1
    results = search(asked.q, language="th", kind=asked.kind or None, city=asked.city or None, page=page)
    documents = {(one.kind, one.key): one for one in documents_of(results.hits)}
    wanted = fields_in(asked)
    items = [
        chosen_of(described(hit, documents[hit.kind, hit.key]), wanted)
        for hit in results.hits
        if (hit.kind, hit.key) in documents
    ]
    following = next_page(request, cursor_at(question, page + 1)) if page < results.pages else None
    # Beyond the last page, the search gives the last page again.
    if page > results.pages:
        items = []
    return {"items": items, "next": following, **({"total": results.count} if asked.total == "true" else {})}


def documents_of(hits: tuple[Hit, ...]) -> list[Document]:
    """Return what the search knows of its answers, in both languages."""
    kinds = {hit.kind for hit in hits}
    return list(
        Document.objects.filter(kind__in=kinds, key__in={hit.key for hit in hits}).only(
            "kind", "key", "title_th", "title_en"
        )
    )


def described(hit: Hit, document: Document) -> Record:
    """Return what is said of an answer."""
    return {
        "kind": hit.kind,
        "key": hit.key,
        "title": in_both((document.title_th, document.title_en)),
        "city": something(hit.city),
        "date": as_known((hit.date, hit.date_precision)),
        "links": {"th": f"{settings.SITE_URL}{hit.address}", "en": f"{settings.SITE_URL}/en{hit.address}"},
    }
