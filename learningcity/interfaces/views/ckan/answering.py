"""How every action is called and answered, to the letter: clients look at nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from learningcity.common.storing import StoreAway, tell_who_looks_after_it
from learningcity.interfaces.actions.allowances import QUESTION, RECORD, TABLE, Allowance
from learningcity.interfaces.queries.ckan.problems import NotAuthorized, Problem, SearchError, TooOften
from learningcity.interfaces.views.ckan.given import Given
from learningcity.interfaces.views.limiting import sentence, spent_by, with_pause

Action = Callable[[Given], Any]
ACTIONS: dict[str, Action] = {}
# What CKAN has to change things with; here nothing is changed from outside.
CHANGES = re.compile(r"\w+_(create|update|delete|patch|purge|upsert|revise|reorder|invite|set|add|remove|clear)\w*")
UNREADABLE = re.compile("[\x00\ud800-\udfff]")
# What costs less than a page of a list, or more.
PRICES = dict.fromkeys(("help_show", "package_show", "resource_show", "site_read", "status_show"), RECORD)
PRICES |= {"datastore_search": TABLE, "resource_search": TABLE}
FEWEST = 10
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class Unreadable(Exception):
    """The request cannot be read; it says why."""


def answers(action: Action) -> Action:
    """Offer a function as the action of its name; its docstring is what help_show says of it."""
    ACTIONS[action.__name__] = action
    return action


@csrf_exempt
@login_not_required
def action(request: HttpRequest, name: str) -> HttpResponse:
    """Do what a client of CKAN asks for."""
    name = name.strip("/")
    if request.method == "OPTIONS":
        return answer(None, 200)
    if (request.method or "") not in METHODS:
        return answer("Bad request - Method not allowed", 405)
    if name not in ACTIONS and not CHANGES.fullmatch(name):
        return answer(f"Bad request - Action name not known: {name}", 400)
    try:
        given = Given(parameters(request))
        spent = spent_by(request, price_of(name, given))
        response = done(name, given, spent)
        return with_pause(response, spent) if spent else response
    except Unreadable as problem:
        return answer(f"Bad request - {problem}", 400)
    except (RequestDataTooBig, TooManyFieldsSent):
        return answer("Bad request - The request is too large", 413)


def price_of(name: str, given: Given) -> int:
    """Return what an action costs; of a search, each record that is wanted counts as one."""
    wanted = given.said.get("rows", FEWEST) if name == "package_search" else None
    if isinstance(wanted, int | str) and str(wanted).isdecimal():
        return max(FEWEST, min(int(str(wanted)[:9]), QUESTION))
    return PRICES.get(name, QUESTION)


def done(name: str, given: Given, spent: Allowance | None) -> HttpResponse:
    """Return the answer of an action, or what is wrong, each in its envelope."""
    said: dict[str, Any] = {"help": f"{settings.SITE_URL}/api/3/action/help_show?name={name}"}
    try:
        if spent:
            raise TooOften(sentence(spent))
        if name not in ACTIONS:
            raise NotAuthorized("this catalog is only read here; it is changed by its editors on the site")
        return answer({**said, "success": True, "result": ACTIONS[name](given)}, 200)
    except Problem as problem:
        return answer({**said, "success": False, "error": problem.said()}, problem.status)
    except StoreAway as problem:
        tell_who_looks_after_it(problem)
        away = SearchError("Search error: the files cannot be reached just now; please try again in a few minutes")
        return answer({**said, "success": False, "error": away.said()}, 503)


def answer(said: Any, status: int) -> HttpResponse:
    """Return an answer in JSON, readable for every page of the web, Thai as Thai."""
    text = "" if said is None else json.dumps(said, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json;charset=utf-8", status=status)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, X-CKAN-API-Key"
    if status == 405:
        response["Allow"] = ", ".join(METHODS)
    return response


def parameters(request: HttpRequest) -> dict[str, Any]:
    """Return what the client gave: JSON whatever it calls it, else a form, else the address.

    :raises Unreadable: if it cannot be read.
    """
    said = {name: values if len(values) > 1 else values[0] for name, values in request.GET.lists() if values}
    if request.method == "POST":
        said |= _sent(request)
    if _is_broken(said):
        raise Unreadable("The request holds letters that no text has")
    return said


def _sent(request: HttpRequest) -> dict[str, Any]:
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        try:
            return {name: values[-1] for name, values in request.POST.lists()}
        except MultiPartParserError as problem:
            raise Unreadable(f"Form Error: {problem}") from problem
    # curl -d '{…}' calls JSON a form.
    body = request.body
    if kind == "application/x-www-form-urlencoded" and not body.lstrip().startswith(b"{"):
        return {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if values}
    if not body.strip():
        return {}
    try:
        said = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(f"JSON Error: Error decoding JSON data. Error: {type(problem).__name__}") from problem
    if not isinstance(said, dict):
        raise Unreadable("JSON Error: Request data JSON decoded to something that is no dictionary.")
    return said


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _is_broken(said: Any) -> bool:
    """Tell whether some text in it cannot be stored or sent: NUL, or half a letter."""
    waiting = [said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and UNREADABLE.search(one):
            return True
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
    return False
