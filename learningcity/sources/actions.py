from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from learningcity.audit.actions import write
from learningcity.common.text import language_of
from learningcity.sources.enums import SourceKind
from learningcity.sources.models import Source

SAFE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def named_source(said: dict[str, Any]) -> Source:
    """Return the source that a valid form names; one that is new is written, once.

    Called by those who publish; what they publish is what they may.
    """
    if said["source"] != "new":
        return Source.objects.get(slug=said["source"])
    title, url = said["source_title"].strip(), said.get("source_url") or ""
    language = language_of(title)
    known = Source.objects.filter(**({"url": url} if url else {"url": "", f"title_{language}": title}))
    if found := known.order_by("pk").first():
        return found
    day = said.get("source_date")
    publisher = said.get("source_publisher") or ""
    source = Source(
        slug=_slug(title),
        kind=SourceKind.WEBSITE if url else SourceKind.DOCUMENT,
        url=url,
        original=language,
        published_on=day.date if day else None,
        seen_on=timezone.localdate(),
        **{f"title_{language}": title, f"publisher_{language}": publisher},
        **({"published_precision": day.precision} if day else {}),
    )
    source.full_clean(exclude=["sort_th"])
    source.save(force_insert=True)
    write("sources.add_source", source, by=None)
    return source


def _slug(title: str) -> str:
    # Thai letters leave nothing behind; the random end keeps two alike apart.
    return f"{slugify(title)[:60]}-{get_random_string(6, SAFE_LETTERS)}".strip("-")
