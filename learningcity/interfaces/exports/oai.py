"""The answers of OAI-PMH 2.0, around the formats."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from learningcity.interfaces.exports.oai_formats import FORMATS, WRITERS, XSI, around, element, safe
from learningcity.interfaces.registry import Feed, Record

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{NAMESPACE}" xmlns:xsi="{XSI}" xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)
# What the schema takes for the address of a mailbox, and for an identifier.
MAILBOX = re.compile(r"\S+@(\S+\.)+\S+")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]+")
# Where nobody said who looks after the site. Nothing can ever be sent to this address.
NOBODY = "nobody@learningcity.invalid"
Item = tuple[Feed, Record]


def base_url() -> str:
    return f"{settings.SITE_URL}/oai"


def authority() -> str:
    """Return the first part of our identifiers: the name of the site, which must have a dot in it."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"oai:{host if '.' in host else f'{host}.localdomain'}:"


def identifier_of(feed: Feed, key: str) -> str:
    return f"{authority()}{feed.name}/{key}"


def second(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def envelope(given: dict[str, str], inside: str) -> str:
    """Return an answer that repeats what was asked."""
    known = {name: value for name, value in given.items() if name != "identifier" or URI.fullmatch(value)}
    said = "".join(f' {name}="{safe(value)}"' for name, value in known.items())
    return (
        f"{HEAD}<responseDate>{second(timezone.now())}</responseDate>"
        f"<request{said}>{safe(base_url())}</request>{inside}</OAI-PMH>"
    )


def error(code: str, reason: str) -> str:
    return element("error", reason, code=code)


def identify(earliest: dt.datetime | None) -> str:
    mailbox = next(filter(MAILBOX.fullmatch, (settings.CONTACT_EMAIL, settings.DEFAULT_FROM_EMAIL)), NOBODY)
    said = {
        "repositoryName": settings.SITE_NAME_EN,
        "baseURL": base_url(),
        "protocolVersion": "2.0",
        "adminEmail": mailbox,
        "earliestDatestamp": second(earliest or timezone.now()),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    return around("Identify", (element(name, text) for name, text in said.items()))


def formats() -> str:
    return around(
        "ListMetadataFormats",
        (
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{schema}</schema>"
            f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
            for prefix, (schema, namespace) in FORMATS.items()
        ),
    )


def sets(feeds: Iterable[Feed]) -> str:
    return around(
        "ListSets",
        (f"<set><setSpec>{one.name}</setSpec>{element('setName', one.title.en)}</set>" for one in feeds),
    )


def header(item: Item) -> str:
    feed, record = item
    status = "" if record.described else ' status="deleted"'
    return (
        f"<header{status}><identifier>{safe(identifier_of(feed, record.key))}</identifier>"
        f"<datestamp>{second(record.at)}</datestamp><setSpec>{feed.name}</setSpec></header>"
    )


def record(item: Item, prefix: str) -> str:
    described = item[1].described
    metadata = f"<metadata>{WRITERS[prefix](described)}</metadata>" if described else ""
    return f"<record>{header(item)}{metadata}</record>"


def token(text: str, cursor: int, expires_at: dt.datetime) -> str:
    """Return the token that goes on with a list; an empty one at the end of a list that came in pieces."""
    if text:
        return (
            f'<resumptionToken expirationDate="{second(expires_at)}" cursor="{cursor}">{safe(text)}</resumptionToken>'
        )
    return f'<resumptionToken cursor="{cursor}"/>' if cursor else ""
