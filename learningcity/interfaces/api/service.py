"""The API as django-ninja serves it: it reads the parameters, and describes itself in OpenAPI."""

import inspect
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from learningcity.common.columnar.asking import Unanswerable
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.storing import StoreAway, tell_who_looks_after_it
from learningcity.interfaces.api.addresses import ADDRESSES, Address
from learningcity.interfaces.api.answers import answered
from learningcity.interfaces.api.asked import SLUG, refuse_strange
from learningcity.interfaces.api.problems import Problem, told
from learningcity.interfaces.api.tables import PARAMETERS

API = NinjaAPI(title="Learning City Platform", version="1", urls_namespace="v1", docs_url=None, openapi_url=None)
KEY = Path(..., pattern=SLUG, max_length=100, description=_("The key of the record."))
TABLE = Path(..., pattern=SLUG, max_length=100, description=_("The name of the table."))
NUMBER = Path(..., ge=0, le=2**31 - 1, description=_("The number."))
PARTS = {"slug": (str, KEY), "name": (str, TABLE), "id": (int, NUMBER), "number": (int, NUMBER)}


def offer(address: Address) -> None:
    """Let the API answer at an address."""

    def view(request: HttpRequest, asked: Any = None, **parts: Any) -> HttpResponse:
        refuse_strange(request, address.asked, address.repeated)
        return answered(address.answer(request, asked, **parts))

    gaps = [part.strip("{}").split(":")[-1] for part in address.path.split("/") if part.startswith("{")]
    taken = {gap: PARTS[gap] for gap in gaps}
    if address.asked.model_fields:
        taken["asked"] = (address.asked, Query(...))
    # Ninja reads from the signature what an address takes.
    view.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD),
            *(
                inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
                for name, (kind, default) in taken.items()
            ),
        ]
    )
    content = {"application/json": {"schema": address.schema}}
    API.default_router.add_api_operation(
        address.path,
        ["GET"],
        view,
        operation_id=address.name,
        url_name=address.name,
        summary=address.about,
        tags=[address.tag],
        openapi_extra={"responses": {200: {"description": "The answer.", "content": content}}},
    )


@API.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return told(problem)


@API.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Say which parameters are not what they must be."""
    errors = [(name_in(said["loc"]), str(said["msg"]).removeprefix("Value error, ")) for said in problem.errors]
    return told(Problem(400, "A parameter is not what it must be.", errors))


@API.exception_handler(Unanswerable)
def on_unanswerable(request: HttpRequest, problem: Unanswerable) -> HttpResponse:
    """Say which part of a question does not fit the table: it is written well, and asks what this table cannot tell."""
    name = PARAMETERS.get(problem.parameter, problem.parameter)
    return told(Problem(409, "The question does not fit this table.", [(name, problem.reason)]))


@API.exception_handler(TooSlow)
def on_slow(request: HttpRequest, problem: TooSlow) -> HttpResponse:
    """Say that nobody waits so long."""
    busy = Problem(503, "This takes too long just now. Ask for less, or take the whole file.")
    busy.headers["Retry-After"] = "30"
    return told(busy)


@API.exception_handler(StoreAway)
def on_store_away(request: HttpRequest, problem: StoreAway) -> HttpResponse:
    """Say that the rows cannot be had now."""
    tell_who_looks_after_it(problem)
    away = Problem(503, "The files cannot be reached just now. Nothing is lost: please try again in a few minutes.")
    away.headers["Retry-After"] = "60"
    return told(away)


def name_in(location: tuple[Any, ...]) -> str:
    """Return the parameter at which something was found."""
    words = [str(part) for part in location if isinstance(part, str)]
    return words[-1] if words else ""


for one in ADDRESSES:
    offer(one)
