"""The description of the API in OpenAPI 3.1."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from django.conf import settings

from learningcity.interfaces.api.addresses import ADDRESSES, NAMED
from learningcity.interfaces.api.problems import MEDIA_TYPE
from learningcity.interfaces.api.service import API

ABOUT = (
    "Everything that this platform knows and may tell, each fact with its source. Texts are pairs of Thai and English. "
    "Lists come in pages: follow `next` until it is null. A parameter that nobody knows is refused. "
    "Without a key an address may ask some hundred times a minute; with one, ten times as often."
)
PROBLEMS = {
    400: "A parameter is not what it must be.",
    401: "The key is none of ours, or was revoked.",
    404: "There is nothing here.",
    405: "This address is for reading only.",
    406: "JSON is all that is spoken here.",
    409: "The question does not fit this table.",
    410: "The dataset was withdrawn; the answer says why.",
    429: "Too many questions in a minute.",
    503: "It takes too long just now.",
}
KEYS = {
    "ApiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of your account; without one you may ask less.",
    }
}


@cache
def _document() -> dict[str, Any]:
    said = copy.deepcopy(dict(API.get_openapi_schema(path_prefix="/")))
    repeated = {address.name: address.repeated for address in ADDRESSES}
    for path in said["paths"].values():
        operation = path["get"]
        for parameter in operation["parameters"]:
            tidy(parameter)
            if parameter["name"] in repeated[operation["operationId"]]:
                parameter |= {"style": "form", "explode": True}
        operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
        operation["responses"] |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in PROBLEMS}
        operation["security"] = [{}, {"ApiKey": []}]
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said["components"] = {
        "schemas": NAMED,
        "responses": {str(status): {"description": reason, "content": problem} for status, reason in PROBLEMS.items()},
        "securitySchemes": KEYS,
    }
    return said


def tidy(parameter: dict[str, Any]) -> None:
    """Take away what only the program behind it needs: values that stand for nothing, and names of classes."""
    schema = parameter["schema"]
    for name in ("title", "description", "include_in_schema"):
        schema.pop(name, None)
    if schema.get("default") in ("", 0, []):
        del schema["default"]


def document() -> dict[str, Any]:
    """Return the description of the API at the address where it stands."""
    name = f"{settings.SITE_NAME_EN} / {settings.SITE_NAME_TH}"
    return {
        **_document(),
        "info": {
            "title": name,
            "version": API.version,
            "description": ABOUT,
            "license": {"name": "The license of each dataset and source", "url": f"{settings.SITE_URL}/about/#license"},
        },
        "servers": [{"url": f"{settings.SITE_URL}/api/v1"}],
        "externalDocs": {"url": f"{settings.SITE_URL}/api/v1/docs"},
    }
