"""Where the notices about proposals and reports lead, and the ways to the workspace from every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.accounts.registry import Door
from learningcity.common.registry import Way
from learningcity.notices.models import Notice


def _named(name: str) -> Callable[[Notice], str]:
    return lambda notice: reverse(name, args=[notice.record.rpartition(":")[2]])


LEADS: dict[str, Callable[[Notice], str]] = {
    "moderation.submitted": _named("decision"),
    "moderation.returned": _named("proposal"),
    "moderation.published": _named("proposal"),
    "moderation.reported": _named("workspace-report"),
    "imports.done": _named("import"),
    "harvest.gone": _named("harvest-run"),
    "moderation.handed_over": lambda notice: reverse("workspace"),
}

WAYS = [
    Way(1, "workspace", label=lambda user: _("Your desk")),
    Way(3, "help", label=lambda user: _("Help")),
]
DESK = Way(1, "workspace", label=lambda user: _("Workspace"))


def doors_of(user: User) -> Iterator[Door]:
    """Return the way to the desk."""
    yield Door(title=_("Your desk"), address=reverse("workspace"))
