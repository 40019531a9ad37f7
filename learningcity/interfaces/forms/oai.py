"""What a harvester may ask (OAI-PMH 2.0, section 4), and the errors that the protocol has for everything else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core import signing

PREFIXES = ("oai_dc", "oai_datacite")
# The verb -> the arguments that it needs, and those that it may have.
VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set"}),
}
LISTS = {"ListIdentifiers", "ListRecords"}
# The characters that the schema of the protocol allows.
WORD = r"[A-Za-z0-9\-_.!~*'()]+"
PREFIX, SET = re.compile(WORD), re.compile(f"{WORD}(?::{WORD})*")
DAY, SECOND = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
SALT = "learningcity.interfaces.oai"
LIFE = dt.timedelta(days=7)
FOREVER = dt.datetime.max.replace(tzinfo=dt.UTC)


class Refused(Exception):
    """What was asked is an error in the words of the protocol."""

    def __init__(self, code: str, reason: str, *, known: dict[str, str] | None = None) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason
        # The arguments that may be repeated in the answer: none of a request that is not well formed.
        self.known = known or {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """How far a list was read: the feed, and the record in it."""

    feed: str
    at: dt.datetime
    key: str
    cursor: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request that is well formed."""

    verb: str
    # As they were given, to be repeated in the answer.
    given: dict[str, str]
    # What is meant, also where a token stands for it.
    arguments: dict[str, str]
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    position: Position | None = None


def read_request(pairs: Iterable[tuple[str, str]]) -> Asked:
    """Return what is asked.

    :raises Refused: with the code of the protocol, if it may not be asked so.
    """
    pairs = list(pairs)
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refused("badVerb", "The verb is missing, repeated or none of the six.")
    verb, given = verbs[0], {name: value for name, value in pairs if name != "verb"}
    if len(given) != len(pairs) - 1:
        raise Refused("badArgument", "An argument is repeated.")
    given_with_verb = {"verb": verb, **given}
    if verb in LISTS and "resumptionToken" in given:
        if len(given) > 1:
            raise Refused("badArgument", "resumptionToken stands alone.")
        return resumed(Asked(verb=verb, given=given_with_verb, arguments={}), given["resumptionToken"])
    needed, allowed = VERBS[verb]
    if missing := needed - given.keys():
        raise Refused("badArgument", f"{' and '.join(sorted(missing))} must be given.")
    if given.keys() - needed - allowed:
        raise Refused("badArgument", f"{verb} has no such argument.")
    if verb == "ListSets" and given:
        raise Refused("badResumptionToken", "The list of sets comes in one piece.", known=given_with_verb)
    return with_dates(Asked(verb=verb, given=given_with_verb, arguments=given))


def with_dates(asked: Asked) -> Asked:
    """Return the same with its dates and words looked at.

    :raises Refused: if a date is none, or a word holds what no word may.
    """
    said = asked.arguments
    for name, pattern in (("metadataPrefix", PREFIX), ("set", SET)):
        if name in said and not pattern.fullmatch(said[name]):
            raise Refused("badArgument", f"{name} holds characters that it may not.")
    if "from" in said and "until" in said and len(said["from"]) != len(said["until"]):
        raise Refused("badArgument", "from and until must be dates of the same kind.")
    since = read_date(said["from"])[0] if "from" in said else None
    before = read_date(said["until"])[1] if "until" in said else None
    if since and before and since >= before:
        raise Refused("badArgument", "from lies behind until.")
    if said.get("metadataPrefix", PREFIXES[0]) not in PREFIXES:
        raise Refused("cannotDisseminateFormat", f"The formats are {' and '.join(PREFIXES)}.", known=asked.given)
    return replace(asked, since=since, before=before)


def read_date(text: str) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of a day or second, and the first one behind it.

    :raises Refused: if it is neither.
    """
    for pattern, form, size in (
        (DAY, "%Y-%m-%d", dt.timedelta(days=1)),
        (SECOND, "%Y-%m-%dT%H:%M:%SZ", dt.timedelta(seconds=1)),
    ):
        if pattern.fullmatch(text):
            try:
                start = dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC)
            except ValueError:
                break
            return start, start + size if start < FOREVER - size else FOREVER
    raise Refused("badArgument", "A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, in UTC.")


def token_for(asked: Asked, position: Position) -> str:
    """Return what stands for the rest of a list: all that is needed to go on, signed, kept nowhere."""
    place = [position.feed, position.at.isoformat(), position.key, position.cursor]
    return signing.dumps([asked.verb, asked.arguments, place], salt=SALT, compress=True)


def resumed(asked: Asked, token: str) -> Asked:
    """Return the request that a token goes on with.

    :raises Refused: if the token is not ours, too old, or belongs to another verb.
    """
    try:
        verb, arguments, (feed, at, key, cursor) = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired:
        raise Refused("badResumptionToken", "The token has expired.", known=asked.given) from None
    except (signing.BadSignature, ValueError):
        raise Refused("badResumptionToken", "The token is not one of ours.", known=asked.given) from None
    if verb != asked.verb:
        raise Refused("badResumptionToken", f"The token goes on with {verb}.", known=asked.given)
    position = Position(feed=feed, at=dt.datetime.fromisoformat(at), key=key, cursor=cursor)
    return with_dates(replace(asked, arguments=arguments, position=position))
