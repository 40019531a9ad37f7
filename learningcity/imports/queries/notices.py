"""How the notices about imports read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.imports.models import Import
from learningcity.notices.models import Notice
from learningcity.notices.registry import Text

DONE = "imports.done"


def title(notice: Notice) -> str:
    """Return what became of the file."""
    upload: Any = notice.about
    return _("“%(file)s”: %(state)s") % {"file": upload.name, "state": upload.get_state_display()}


def is_visible(user: User, notice: Notice) -> bool:
    """Tell whether the recipient still works for the place."""
    return isinstance(notice.about, Import) and user.has_perm("imports.see_import", notice.about)


TEXTS = {DONE: Text(title=title, allowed=is_visible)}
