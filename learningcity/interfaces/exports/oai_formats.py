"""One description in the two formats that are handed out: Dublin Core, and DataCite with its envelope."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.utils.html import escape

from learningcity.common.text import LocalText, language_of
from learningcity.common.thai.words import clean
from learningcity.interfaces.registry import Described

XSI = "http://www.w3.org/2001/XMLSchema-instance"
# Prefix -> schema, namespace.
FORMATS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    "oai_datacite": (
        "http://schema.datacite.org/oai/oai-1.1/oai.xsd",
        "http://schema.datacite.org/oai/oai-1.1/",
    ),
}
KERNEL = "http://datacite.org/schema/kernel-4"
KERNEL_SCHEMA = "http://schema.datacite.org/meta/kernel-4/metadata.xsd"
# What XML cannot hold and clean() leaves.
UNSAYABLE = re.compile("[\ufffe\uffff]")


def element(name: str, text: str, **attributes: str) -> str:
    """Return an element with a text, or nothing where there is no text. ``xml_lang`` is written ``xml:lang``."""
    text = safe(text)
    if not text:
        return ""
    said = "".join(f' {key.replace("_", ":")}="{safe(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{said}>{text}</{name}>"


def safe(text: str) -> str:
    return escape(UNSAYABLE.sub("", clean(text)).strip())


def both(name: str, text: LocalText, **attributes: str) -> str:
    """Return an element in each language in which there is a text."""
    return element(name, text.th, xml_lang="th", **attributes) + element(name, text.en, xml_lang="en", **attributes)


def around(name: str, parts: Iterable[str]) -> str:
    """Return an element around others, or nothing around nothing."""
    inside = "".join(parts)
    return f"<{name}>{inside}</{name}>" if inside else ""


def day(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).date().isoformat()


def as_oai_dc(one: Described) -> str:
    """Return a description in Dublin Core."""
    schema, namespace = FORMATS["oai_dc"]
    return (
        f'<oai_dc:dc xmlns:oai_dc="{namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:xsi="{XSI}" xsi:schemaLocation="{namespace} {schema}">'
        + both("dc:title", one.title)
        + "".join(both("dc:creator", creator) for creator in one.creators)
        + "".join(both("dc:subject", subject) for subject in one.subjects)
        + both("dc:description", one.notes)
        + both("dc:publisher", one.publisher)
        + element("dc:date", day(one.changed_at))
        + element("dc:type", one.kind)
        + "".join(element("dc:format", media_type) for media_type in one.formats)
        + "".join(element("dc:identifier", name) for name in (one.url, *one.also))
        + "".join(element("dc:source", origin) for origin in one.origins)
        + "".join(element("dc:language", language) for language in one.languages)
        + "".join(element("dc:relation", file) for file in one.files)
        + "".join(both("dc:coverage", place) for place in one.places)
        + element("dc:rights", one.license_name if one.license else "")
        + element("dc:rights", one.license_url)
        + "</oai_dc:dc>"
    )


def as_oai_datacite(one: Described) -> str:
    """Return a description in the words of DataCite; an address stands where others have a DOI."""
    schema, namespace = FORMATS["oai_datacite"]
    first, second = (one.title.th, one.title.en) if one.title.th else (one.title.en, "")
    resource = (
        element("identifier", one.url, identifierType="URL")
        + around("creators", (f"<creator>{organization('creatorName', creator)}</creator>" for creator in one.creators))
        + around("titles", [title(first), title(second, titleType="TranslatedTitle")])
        + element("publisher", one.publisher.en or one.publisher.th)
        + element("publicationYear", day(one.issued_at)[:4])
        + element("resourceType", one.exactly, resourceTypeGeneral=one.kind)
        + around("subjects", (both("subject", subject) for subject in one.subjects))
        + around("dates", [date(one.issued_at, "Issued"), date(one.changed_at, "Updated")])
        + element("language", next(iter(one.languages), ""))
        + around("alternateIdentifiers", (alternate(name) for name in one.also))
        + around("formats", (element("format", media_type) for media_type in one.formats))
        + element("version", one.version)
        + around("rightsList", [rights(one)])
        + around("descriptions", [both("description", one.notes, descriptionType="Abstract")])
        + around("geoLocations", (geo(place) for place in one.places))
    )
    return (
        f'<oai_datacite xmlns="{namespace}" xmlns:xsi="{XSI}" xsi:schemaLocation="{namespace} {schema}">'
        "<schemaVersion>4.4</schemaVersion><datacentreSymbol>LEARNINGCITY</datacentreSymbol><payload>"
        f'<resource xmlns="{KERNEL}" xsi:schemaLocation="{KERNEL} {KERNEL_SCHEMA}">{resource}</resource>'
        "</payload></oai_datacite>"
    )


def organization(name: str, who: LocalText) -> str:
    text = who.en or who.th
    return element(name, text, nameType="Organizational", xml_lang=language_of(text))


def title(text: str, **attributes: str) -> str:
    return element("title", text, xml_lang=language_of(text), **attributes)


def date(at: dt.datetime, kind: str) -> str:
    return element("date", day(at), dateType=kind)


def alternate(name: str) -> str:
    return element("alternateIdentifier", name, alternateIdentifierType="URN")


def rights(one: Described) -> str:
    if not one.license:
        return ""
    return element("rights", one.license_name, rightsURI=one.license_url, rightsIdentifier=one.license)


def geo(place: LocalText) -> str:
    return f"<geoLocation>{element('geoLocationPlace', place.en or place.th)}</geoLocation>"


WRITERS = {"oai_dc": as_oai_dc, "oai_datacite": as_oai_datacite}
