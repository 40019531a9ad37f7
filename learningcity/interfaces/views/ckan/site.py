"""What the catalog says of itself."""

from __future__ import annotations

import inspect
from typing import Any

from django.conf import settings

from learningcity.interfaces.exports.ckan.owners import licenses
from learningcity.interfaces.queries.ckan.problems import NotFound
from learningcity.interfaces.views.ckan.answering import ACTIONS, answers
from learningcity.interfaces.views.ckan.given import Given

# Whose answers these are like; clients compare it as a number.
VERSION = "2.11.0"


@answers
def status_show(given: Given) -> dict[str, Any]:
    """Return what kind of catalog this is."""
    return {
        "ckan_version": VERSION,
        "site_title": settings.SITE_NAME_TH,
        "site_description": settings.SITE_NAME_EN,
        "site_url": settings.SITE_URL,
        "error_emails_to": None,
        "locale_default": settings.LANGUAGE_CODE,
        "extensions": ["datastore"],
    }


@answers
def site_read(given: Given) -> bool:
    """Return true: everybody may read this catalog."""
    return True


@answers
def action_list(given: Given) -> list[str]:
    """Return the names of all actions that are answered here."""
    return sorted(ACTIONS)


@answers
def help_show(given: Given) -> str:
    """Return what an action does. Parameter: name."""
    name = given.required("name")
    if name not in ACTIONS:
        raise NotFound("Not found")
    return inspect.getdoc(ACTIONS[name]) or ""


@answers
def license_list(given: Given) -> list[dict[str, Any]]:
    """Return the licenses that datasets here can have."""
    return licenses()


@answers
def user_list(given: Given) -> list[Any]:
    """Return an empty list: who has an account here is not public."""
    return []


@answers
def user_show(given: Given) -> None:
    """Answer that there is no such user: who has an account here is not public. Parameter: id."""
    given.required("id")
    raise NotFound("Not found: User")
