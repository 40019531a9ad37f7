import datetime as dt
from itertools import count
from typing import Any

from learningcity.sources.models import Source

_numbers = count(1)


def make_source(**changes: Any) -> Source:
    number = next(_numbers)
    return Source.objects.create(
        **{
            "slug": f"source-{number:04}",
            "kind": "official",
            "title_th": f"เอกสาร {number:04}",
            "title_en": f"Document {number:04}",
            "publisher_th": "ผู้เผยแพร่",
            "publisher_en": "Publisher",
            "url": f"https://example.org/{number:04}",
            "original": "th",
            "published_on": dt.date(2024, 9, 17),
            **changes,
        }
    )
