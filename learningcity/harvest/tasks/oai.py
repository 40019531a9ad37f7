"""An archive with OAI-PMH: Dublin Core, what changed since, and what was deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.etree.ElementTree import Element

from learningcity.common.addresses import NotFetched, Obstacle
from learningcity.common.foreign import read_xml
from learningcity.common.text import language_of
from learningcity.harvest.enums import Reason
from learningcity.harvest.models import LONGEST_ID
from learningcity.harvest.tasks.licenses import license_from
from learningcity.harvest.tasks.listing import Asking, Page
from learningcity.harvest.tasks.marks import marks_of
from learningcity.harvest.tasks.remote import Remote, RemoteFile, keywords_of, notes_of, text_of, web_address

OAI, DC = "{http://www.openarchives.org/OAI/2.0/}", "{http://purl.org/dc/elements/1.1/}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
# The names of files that we can read end so.
FILE = re.compile(r"\.(csv|xlsx|json|geojson|parquet|pdf)(?:[?#].*)?$", re.IGNORECASE)
MOST_PAGES = 10_000


def ask(asking: Asking, said: dict[str, str]) -> Element:
    """Return what an archive answers, errors of the protocol included.

    :raises NotFetched: if it is no answer of OAI-PMH.
    """
    base, _mark, query = asking.address.partition("?")
    # What selects a part of the archive stands in the address: ?set=datasets
    known = {name: value for name, value in parse_qsl(query) if name == "set" and said.get("verb") == "ListRecords"}
    chosen = {} if "resumptionToken" in said else known
    answer = asking.fetcher.get(f"{base}?{urlencode(said | chosen)}", {"Accept": "text/xml, application/xml"})
    if answer.status != 200:
        raise NotFetched(Obstacle.STATUS, str(answer.status))
    root = read_xml(answer.read())
    if root.tag != f"{OAI}OAI-PMH":
        raise NotFetched(Obstacle.CONTENT, "OAI-PMH")
    return root


def page(asking: Asking, cursor: dict[str, Any]) -> Page:
    """Return a part of the list. A token that counts no more begins the list anew; what was read is not read twice."""
    said, state = question(asking, cursor)
    root = ask(asking, said)
    error = root.find(f"{OAI}error")
    code = error.get("code", "") if error is not None else ""
    if code == "badResumptionToken" and state.get("renewals", 0) < 3:
        return Page(cursor={**state, "token": "", "renewals": state.get("renewals", 0) + 1})
    if code and code != "noRecordsMatch":
        raise NotFetched(Obstacle.CONTENT, text_of(code, 40))
    records = [record_of(each, asking) for each in root.iterfind(f"{OAI}ListRecords/{OAI}record")]
    latest = max([state["latest"], *(one.modified for one in records)])
    # What changes while a list is read comes next time, wherever in the list it stood.
    state.setdefault("begun", (root.findtext(f"{OAI}responseDate") or "").strip())
    token = (root.findtext(f"{OAI}ListRecords/{OAI}resumptionToken") or "").strip()
    if token and state["number"] < MOST_PAGES:
        return Page(records=records, cursor={**state, "token": token, "latest": latest, "number": state["number"] + 1})
    learned = min(latest, state["begun"]) if DAY.fullmatch(state["begun"]) else latest
    return Page(records=records, is_whole=not state["since"], learned={"since": learned} if learned else {})


def question(asking: Asking, cursor: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return what is asked next, and what is known so far; an archive that forgets what it deleted is read whole."""
    state = cursor or {"number": 0, "latest": asking.memory.get("since", ""), "since": "", "token": ""}
    if not cursor and asking.memory.get("since"):
        about = ask(asking, {"verb": "Identify"}).find(f"{OAI}Identify")
        forgets = about is None or about.findtext(f"{OAI}deletedRecord", "no").strip() != "persistent"
        whole_days = about is not None and len(about.findtext(f"{OAI}granularity", "").strip()) == 10
        since = asking.memory["since"]
        state["since"] = "" if forgets else since[:10] if whole_days else since
    if state["token"]:
        return {"verb": "ListRecords", "resumptionToken": state["token"]}, state
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    return asked | ({"from": state["since"]} if state["since"] else {}), state


def record_of(record: Element, asking: Asking) -> Remote:
    """Return a record in our words."""
    header = record.find(f"{OAI}header")
    known = text_of(header.findtext(f"{OAI}identifier", ""), LONGEST_ID) if header is not None else ""
    at = DAY.match((header.findtext(f"{OAI}datestamp") or "").strip()) if header is not None else None
    modified = at[0] if at else ""
    if header is not None and header.get("status") == "deleted":
        return Remote(id=known, modified=modified, deleted=True)
    license_, refusal, detail = license_from(words(record, "rights"), asking.license)
    titles = texts(record, "title")
    identifiers, relations = words(record, "identifier"), words(record, "relation")
    return Remote(
        id=known,
        modified=modified,
        refusal=refusal if known and titles else Reason.NO_TITLE,
        detail=detail,
        license=license_,
        **titles,
        **texts(record, "description", "notes"),
        **keywords_of(words(record, "subject")),
        **texts(record, "publisher", "origin"),
        **texts(record, "creator", "maintainer", 200),
        landing_page=next(filter(None, map(web_address, identifiers)), ""),
        marks=marks_of([known, *(each for each in identifiers if not FILE.search(each))]),
        hints=marks_of(words(record, "source")),
        files=tuple(files_of([*relations, *identifiers])),
    )


def elements(record: Element, name: str) -> Iterator[Element]:
    yield from record.iter(f"{DC}{name}")


def words(record: Element, name: str) -> list[str]:
    """Return the texts of an element of Dublin Core."""
    return [each.text for each in elements(record, name) if each.text]


def texts(record: Element, name: str, ours: str = "", longest: int = 300) -> dict[str, Any]:
    """Return the first text in each language; one that names no language stands under that of its letters."""
    found: dict[str, str] = {}
    for each in elements(record, name):
        text = notes_of(each.text) if ours == "notes" else text_of(each.text, longest)
        language = (each.get(LANGUAGE) or "")[:2].lower()
        language = language if language in ("th", "en") else language_of(text)
        if text:
            found.setdefault(f"{ours or name}_{language}", text)
    return found


def files_of(addresses: list[str]) -> Iterator[RemoteFile]:
    """Return what can be told to be a file by the end of its name."""
    for address in dict.fromkeys(filter(None, (web_address(each, 1_000) for each in addresses))):
        if found := FILE.search(address):
            yield RemoteFile(address, "", found[1].lower())
