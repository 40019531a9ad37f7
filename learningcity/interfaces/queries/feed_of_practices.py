"""Good practices as a stream of records."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from learningcity.common.text import LocalText
from learningcity.interfaces.queries.feed_of_moderated import Moderated
from learningcity.interfaces.registry import Described
from learningcity.practices.models import Practice


def described(practice: Practice, changed_at: dt.datetime) -> Described:
    city, source = practice.city, practice.source
    name = LocalText(city.name_th, city.name_en)
    return Described(
        title=LocalText(practice.title_th, practice.title_en),
        notes=LocalText(practice.summary_th, practice.summary_en),
        creators=(name,),
        publisher=LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN),
        url=f"{settings.SITE_URL}/practices/{practice.slug}/",
        kind="Text",
        exactly="good practice",
        issued_at=changed_at,
        changed_at=changed_at,
        subjects=(LocalText("แนวปฏิบัติที่ดี", "good practice"),),
        languages=tuple(language for language, text in (("th", practice.title_th), ("en", practice.title_en)) if text),
        origins=tuple(filter(None, (source.title_th or source.title_en, source.url))),
        places=(name,),
    )


PRACTICES = Moderated(
    kind="practice",
    files=("practices.csv", "answers.csv"),
    shown=lambda: Practice.objects.select_related("city", "source"),
    described=described,
).feed("practice", LocalText("แนวปฏิบัติที่ดี", "Good practices"))
