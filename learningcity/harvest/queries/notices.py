"""How the notices about harvesting read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from learningcity.accounts.models import User
from learningcity.harvest.models import Run
from learningcity.notices.models import Notice
from learningcity.notices.registry import Text

GONE = "harvest.gone"


def title(notice: Notice) -> str:
    """Return how many datasets are gone there, and where."""
    run: Any = notice.about
    count = run.gone
    return ngettext(
        "%(count)s dataset is gone from “%(origin)s”: withdraw it here too?",
        "%(count)s datasets are gone from “%(origin)s”: withdraw them here too?",
        count,
    ) % {"count": count, "origin": run.origin.title}


def is_visible(user: User, notice: Notice) -> bool:
    """Tell whether the recipient still works for the place."""
    return isinstance(notice.about, Run) and user.has_perm("harvest.see_origin", notice.about.origin)


TEXTS = {GONE: Text(title=title, allowed=is_visible, related=("origin",))}
