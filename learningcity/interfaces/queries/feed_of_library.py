"""Learning resources as a stream of records."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from learningcity.common.text import LocalText
from learningcity.interfaces.queries.feed_of_moderated import Moderated
from learningcity.interfaces.registry import Described
from learningcity.library.enums import Format, ResourceKind
from learningcity.library.queries import resources
from learningcity.opendata.enums import LICENSE_TEXTS, License

KIND = "learning-resource"
# Words of DataCite for the general kind of a resource.
GENERAL = {
    Format.VIDEO: "Audiovisual",
    Format.AUDIO: "Sound",
    Format.APP: "InteractiveResource",
    Format.DATA: "Dataset",
    Format.BOOK: "Book",
}
KINDS = {
    ResourceKind.COURSE: "InteractiveResource",
    ResourceKind.GAME: "InteractiveResource",
    ResourceKind.TOOL: "Software",
}


def described(resource: Any, changed_at: dt.datetime) -> Described:
    source, city = resource.source, resource.city
    site = LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN)
    publisher = LocalText(resource.publisher_th, resource.publisher_en)
    authors = tuple(LocalText("", name.strip()) for name in resource.authors.split(",") if name.strip())
    known = License(resource.license)
    subjects = (LocalText("สื่อการเรียนรู้", "learning resource"), LocalText("", resource.get_subject_display()))
    return Described(
        title=LocalText(resource.title_th, resource.title_en),
        notes=LocalText(resource.summary_th, resource.summary_en),
        # Where nobody is named, whoever brought it out; where neither is known, this site, which describes it.
        creators=authors or (publisher or site,),
        publisher=publisher or site,
        url=f"{settings.SITE_URL}/library/{resource.slug}/",
        kind=KINDS.get(resource.kind) or GENERAL.get(resource.format, "Text"),
        exactly="learning resource",
        issued_at=changed_at,
        changed_at=changed_at,
        subjects=subjects,
        files=(resource.url,) if resource.url else (),
        languages=tuple(resource.languages),
        origins=tuple(filter(None, (source.title_th or source.title_en, source.url))),
        places=(LocalText(city.name_th, city.name_en),) if city else (),
        license=resource.license if known != License.UNKNOWN else "",
        license_name=str(known.label) if known != License.UNKNOWN else "",
        license_url=LICENSE_TEXTS.get(known, ""),
    )


RESOURCES = Moderated(
    kind=KIND,
    files=(),
    shown=lambda: resources().select_related("city", "source"),
    described=described,
    changed="changed_at",
).feed("resource", LocalText("สื่อการเรียนรู้", "Learning resources"))
