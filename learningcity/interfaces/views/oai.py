"""OAI-PMH 2.0: everything that libraries and catalogs harvest, in the order in which it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from learningcity.interfaces.actions.allowances import QUESTION, RECORD
from learningcity.interfaces.exports import oai as answers
from learningcity.interfaces.exports.oai import Item
from learningcity.interfaces.forms.oai import LIFE, LISTS, Asked, Position, Refused, read_request, token_for
from learningcity.interfaces.registry import Span, feeds
from learningcity.interfaces.views.limiting import limited

# As many records as come in one piece.
TOGETHER = 200


def too_often(reason: str) -> HttpResponse:
    """Ask for a pause, as the protocol does it (section 3.1.2.2): harvesters wait for as long as Retry-After says."""
    response = HttpResponse(reason, status=503, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def price_of(request: HttpRequest) -> int:
    """Return what a request costs: much less than a list, unless it is for one."""
    # What is sent in a body is read later.
    return QUESTION if request.method == "POST" or request.GET.get("verb") in LISTS else RECORD


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited(too_often, price_of)
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a harvester; what it may not ask, with an error of the protocol and not of HTTP."""
    try:
        lists = [*request.GET.lists(), *request.POST.lists()]
        asked = read_request((name, value) for name, values in lists for value in values)
        text = answers.envelope(asked.given, VERBS[asked.verb](asked))
    except Refused as problem:
        text = answers.envelope(problem.known, answers.error(problem.code, problem.reason))
    except (RequestDataTooBig, TooManyFieldsSent):
        text = answers.envelope({}, answers.error("badArgument", "The request is too large."))
    response = HttpResponse(text, content_type="text/xml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    # Harvesters ask next time from the moment at which we answered.
    response["Cache-Control"] = "no-store"
    return response


def identify(asked: Asked) -> str:
    moments = (feed.earliest() for feed in feeds())
    return answers.identify(min(filter(None, moments), default=None))


def list_formats(asked: Asked) -> str:
    if "identifier" in asked.arguments:
        item_named(asked)
    return answers.formats()


def list_sets(asked: Asked) -> str:
    return answers.sets(feeds())


def get_record(asked: Asked) -> str:
    return f"<GetRecord>{answers.record(item_named(asked), asked.arguments['metadataPrefix'])}</GetRecord>"


def item_named(asked: Asked) -> Item:
    """Return the record of an identifier.

    :raises Refused: if there is none, and never was.
    """
    name, _slash, key = asked.arguments["identifier"].removeprefix(answers.authority()).partition("/")
    feed = next((feed for feed in feeds() if feed.name == name), None)
    found = feed.find(key) if feed else None
    if feed and found and answers.identifier_of(feed, key) == asked.arguments["identifier"]:
        return feed, found
    raise Refused("idDoesNotExist", "There is no such record.", known=asked.given)


def list_headers(asked: Asked) -> str:
    found, token = piece_of_list(asked)
    return f"<ListIdentifiers>{''.join(map(answers.header, found))}{token}</ListIdentifiers>"


def list_records(asked: Asked) -> str:
    found, token = piece_of_list(asked)
    prefix = asked.arguments["metadataPrefix"]
    return f"<ListRecords>{''.join(answers.record(item, prefix) for item in found)}{token}</ListRecords>"


def piece_of_list(asked: Asked) -> tuple[list[Item], str]:
    """Return the next records of a list, and the token that goes on with it.

    :raises Refused: if there are none.
    """
    found = items(asked, TOGETHER + 1)
    if not found:
        raise Refused("noRecordsMatch", "There are no such records.", known=asked.given)
    cursor = asked.position.cursor if asked.position else 0
    some, rest = found[:TOGETHER], found[TOGETHER:]
    text = ""
    if rest:
        feed, last = some[-1]
        text = token_for(asked, Position(feed=feed.name, at=last.at, key=last.key, cursor=cursor + len(some)))
    return some, answers.token(text, cursor, timezone.now() + LIFE)


def items(asked: Asked, most: int) -> list[Item]:
    """Return records feed by feed, behind the one that was sent last.

    :raises Refused: if a token stands in a feed that is not there any more.
    """
    chosen = [feed for feed in feeds() if asked.arguments.get("set", feed.name) == feed.name]
    after: tuple[dt.datetime, str] | None = None
    if position := asked.position:
        names = [feed.name for feed in chosen]
        if position.feed not in names:
            raise Refused("badResumptionToken", "What the token goes on with is no more.", known=asked.given)
        chosen = chosen[names.index(position.feed) :]
        after = (position.at, position.key)
    found: list[Item] = []
    for feed in chosen:
        span = Span(most=most - len(found), since=asked.since, before=asked.before, after=after)
        found += [(feed, one) for one in feed.records(span)]
        if len(found) == most:
            break
        after = None
    return found


VERBS: dict[str, Callable[[Asked], str]] = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_headers,
    "ListRecords": list_records,
}
