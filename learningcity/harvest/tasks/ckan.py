"""A list read as ckanext-harvest reads it: package_search by id, only what changed, and the names of what there still is."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from learningcity.common.addresses import NotFetched, Obstacle
from learningcity.common.fetching import Answer
from learningcity.common.foreign import read_json
from learningcity.harvest.enums import Reason, Scope
from learningcity.harvest.models import LONGEST_ID
from learningcity.harvest.tasks.licenses import license_from
from learningcity.harvest.tasks.listing import Asking, Page
from learningcity.harvest.tasks.marks import marks_of
from learningcity.harvest.tasks.remote import (
    Remote,
    RemoteFile,
    by_language,
    email_of,
    keywords_of,
    notes_of,
    text_of,
    web_address,
    year_of,
)
from learningcity.opendata.enums import GDC, Category, Coverage, DataType, Objective, Rhythm

# What people copy from the browser, down to the catalog itself.
BELOW = re.compile(r"/(?:api(?:/3)?(?:/action(?:/\w+)?)?|dataset|organization)/?$")
MODIFIED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}")
WORDS = {kind: {word: value for value, word in words.items()} for kind, words in GDC.items()}
# Lists longer than this have another program for a client.
MOST_PAGES = 1_000
# A list that moves under us more often is read as it comes.
MOST_MOVES = 3
# The clock of the machine that answers may not be that of the machine that keeps the records.
MARGIN = dt.timedelta(minutes=5)


def ask(asking: Asking, action: str, **said: Any) -> Any:
    """Return the result of an action of CKAN.

    :raises NotFetched: if it answers otherwise.
    """
    return result_of(answered(asking, action, said), action)


def answered(asking: Asking, action: str, said: dict[str, Any]) -> Answer:
    base = BELOW.sub("", asking.address.partition("?")[0]).rstrip("/")
    question = f"?{urlencode(said)}" if said else ""
    answer = asking.fetcher.get(f"{base}/api/3/action/{action}{question}", {"Accept": "application/json"})
    if answer.status != 200:
        raise NotFetched(Obstacle.STATUS, str(answer.status))
    return answer


def result_of(answer: Answer, action: str) -> Any:
    envelope = read_json(answer.read())
    if not isinstance(envelope, dict) or envelope.get("success") is not True:
        raise NotFetched(Obstacle.CONTENT, action)
    return envelope.get("result")


def page(asking: Asking, cursor: dict[str, Any]) -> Page:
    """Return a part of the list; a catalog that does not know how to tell what changed is asked for everything.

    Each part begins with the last record of the one before. If it does not, something before it came or went, and
    the list moved: then it is read anew, and what was read already is not read twice.
    """
    since, last = asking.memory.get("since", ""), cursor.get("last", "")
    start = cursor.get("start", 0)
    fq = f"metadata_modified:[{since}Z TO *]" if since and not cursor.get("whole") else ""
    said = {"rows": asking.rows, "start": start - bool(last), "sort": "id asc", **({"fq": fq} if fq else {})}
    try:
        answer = answered(asking, "package_search", said)
    except NotFetched as problem:
        # Solr says that it does not understand the question as 400 or 409.
        if fq and start == 0 and problem.detail in ("400", "409"):
            return page(asking, {"whole": True})
        raise
    result = result_of(answer, "package_search")
    found = result.get("results") if isinstance(result, dict) else None
    if not isinstance(found, list):
        raise NotFetched(Obstacle.CONTENT, "package_search")
    packages = [package for package in found if isinstance(package, dict)]
    records = [record_of(package, asking) for package in packages]
    state = {"whole": not fq, "begun": cursor.get("begun") or moment_of(answer), "moves": cursor.get("moves", 0)}
    state["latest"] = max([cursor.get("latest", since), *(one.modified for one in records if not one.refusal)])
    if last and (not records or records[0].id != last) and state["moves"] < MOST_MOVES:
        return Page(records=records, cursor={**state, "start": 0, "last": "", "moves": state["moves"] + 1})
    if len(found) > bool(last) and start // asking.rows < MOST_PAGES:
        following = start + len(found) - bool(last)
        # Whoever gives one record at a time would give the same one for ever.
        mark = records[-1].id if len(packages) == len(found) > 1 else ""
        return Page(records=records, cursor={**state, "start": following, "last": mark})
    learned = min(filter(None, (state["latest"], state["begun"])), default="")
    return Page(
        records=records, is_whole=not fq, learned={"since": learned} if learned else {}, names=names(asking, fq)
    )


def moment_of(answer: Answer) -> str:
    """Return when the other side began to answer, a little earlier: what changes while a list is read comes next time."""
    try:
        at = parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return ""
    return (at.replace(tzinfo=None) - MARGIN).isoformat() + ".000000"


def names(asking: Asking, fq: str) -> list[str] | None:
    """Return the names of everything there is, where only what changed was listed; None where that is not told."""
    if not fq or asking.scope == Scope.EVERYTHING:
        return None
    try:
        result = ask(asking, "package_list")
    except NotFetched as problem:
        if problem.obstacle in (Obstacle.STATUS, Obstacle.CONTENT):
            return None
        raise
    return [name for name in result if isinstance(name, str)] if isinstance(result, list) else None


def is_gone(asking: Asking, remote_id: str) -> bool:
    """Tell whether a catalog itself says that it has no such record: a name may have changed, a list be cut short."""
    try:
        said = ask(asking, "package_show", id=remote_id)
    except NotFetched as problem:
        if problem.obstacle == Obstacle.STATUS and problem.detail in ("404", "410"):
            return True
        if problem.obstacle == Obstacle.STATUS and problem.detail == "403":
            # It became private: for the public it is gone.
            return True
        raise
    return isinstance(said, dict) and said.get("state") == "deleted"


def record_of(package: dict[str, Any], asking: Asking) -> Remote:
    """Return a package in our words."""
    extras = {
        each["key"]: each.get("value")
        for each in package.get("extras") or []
        if isinstance(each, dict) and isinstance(each.get("key"), str)
    }
    modified = MODIFIED.match(text_of(package.get("metadata_modified")))
    known: dict[str, Any] = {
        "id": text_of(package.get("id") or package.get("name"), LONGEST_ID),
        "name": text_of(package.get("name"), LONGEST_ID),
        "modified": modified[0] if modified else "",
        **by_language("title", text_of(package.get("title") or package.get("name"))),
    }
    if title := text_of(extras.get("title_en")):
        known["title_en"] = title
    said = [
        package.get("license_url"),
        extras.get("license_code"),
        package.get("license_id"),
        package.get("license_title"),
    ]
    # A name of our own says more than an address that CKAN has for it.
    license_, refusal, detail = license_from([extras.get("license_code"), *said], asking.license)
    page_there = landing_page(package, asking)
    named = [value for name in ("uri", "guid", "identifier") for value in (extras.get(name), package.get(name))]
    return Remote(
        **known,
        marks=marks_of([package.get("id"), page_there, *named]),
        hints=marks_of([package.get("url"), package.get("reference_url_catalog")]),
        **words_of(package, extras),
        **gdc_of(package),
        license=license_,
        refusal=refusal_of(package, known) or refusal,
        detail=detail,
        deleted=package.get("state") == "deleted",
        landing_page=page_there,
        files=files_of(package),
    )


def refusal_of(package: dict[str, Any], known: dict[str, Any]) -> str:
    """Return why a package is not ours to take, if it is not."""
    public = {None, "", GDC[Category][Category.PUBLIC], Category.PUBLIC.label}
    category = package.get("data_category")
    if package.get("private") is True or (category if isinstance(category, str | None) else "?") not in public:
        return Reason.NOT_PUBLIC
    if str(package.get("allow_harvest", "True")).lower() == "false":
        return Reason.NOT_OFFERED
    return "" if known["id"] and (known.get("title_th") or known.get("title_en")) else Reason.NO_TITLE


def words_of(package: dict[str, Any], extras: dict[str, Any]) -> dict[str, Any]:
    """Return the texts of a package."""
    organization = package.get("organization")
    publisher = text_of(organization.get("title")) if isinstance(organization, dict) else ""
    tags = [tag.get("name") for tag in package.get("tags") or [] if isinstance(tag, dict)]
    said = {
        **by_language("notes", notes_of(package.get("notes"))),
        **keywords_of(tags),
        **by_language("origin", text_of(package.get("data_source")) or publisher),
        **by_language(
            "maintainer", text_of(package.get("maintainer") or package.get("author"), 200) or publisher[:200]
        ),
        "maintainer_email": email_of(package.get("maintainer_email")) or email_of(package.get("author_email")),
    }
    english = {f"{name}_en": notes_of(extras.get(f"{name}_en")) for name in ("notes", "origin", "maintainer")}
    return said | {name: text[:200] if "main" in name else text for name, text in english.items() if text}


def gdc_of(package: dict[str, Any]) -> dict[str, Any]:
    """Return what a package says in the words of the Thai government catalogue; unknown words are left out."""
    asked = package.get("objective")
    chosen = [
        WORDS[Objective].get(word) for word in (asked if isinstance(asked, list) else [asked]) if isinstance(word, str)
    ]
    interval = text_of(str(package.get("update_frequency_interval") or ""))
    first, last = year_of(package.get("first_year_of_data")), year_of(package.get("last_year_of_data"))
    said = {
        "data_type": _known(DataType, package.get("data_type")),
        "rhythm": _known(Rhythm, package.get("update_frequency_unit")),
        "coverage": _known(Coverage, package.get("geo_coverage")),
        "objectives": tuple(str(value) for value in chosen if value),
        "interval": int(interval) if interval.isascii() and interval.isdecimal() and 0 < int(interval) < 1000 else None,
        **({"first_year": first, "last_year": last} if not (first and last and last < first) else {}),
    }
    return {name: value for name, value in said.items() if value}


def _known(kind: Any, word: object) -> str:
    return str(WORDS[kind].get(word, "")) if isinstance(word, str) else ""


def landing_page(package: dict[str, Any], asking: Asking) -> str:
    """Return the page of a package in its catalog."""
    base = BELOW.sub("", asking.address.partition("?")[0]).rstrip("/")
    name = text_of(package.get("name"), 200)
    return web_address(f"{base}/dataset/{name}") if name else ""


def files_of(package: dict[str, Any]) -> tuple[RemoteFile, ...]:
    """Return the files of a package."""
    found = []
    for resource in package.get("resources") or []:
        if isinstance(resource, dict) and (address := web_address(resource.get("url"), 1_000)):
            form = text_of(resource.get("format"), 20).lower().lstrip(".")
            found.append(RemoteFile(address, text_of(resource.get("name")), form))
    return tuple(found)
