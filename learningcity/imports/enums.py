"""States and kinds of imports, and the table of allowed steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    UPLOADED = "uploaded", _("is being checked")
    UNREADABLE = "unreadable", _("cannot be read")
    CHECKED = "checked", _("checked")
    APPLYING = "applying", _("is being written")
    APPLIED = "applied", _("written")
    FAILED = "failed", _("not written")
    UNDOING = "undoing", _("is being undone")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("discarded")


class Mode(TextChoices):
    """What to do when some rows are refused."""

    ALL = "all", _("all rows or nothing")
    GOOD = "good", _("only the good rows")


class Verdict(TextChoices):
    """What an import does, or would do, with a row."""

    ADDED = "added", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")


STEPS: dict[str, set[str]] = {
    State.UPLOADED: {State.CHECKED, State.UNREADABLE, State.DISCARDED},
    State.UNREADABLE: {State.DISCARDED},
    State.CHECKED: {State.UPLOADED, State.APPLYING, State.DISCARDED},
    State.APPLYING: {State.APPLIED, State.FAILED},
    State.FAILED: {State.UPLOADED, State.DISCARDED},
    State.APPLIED: {State.UNDOING},
    State.UNDOING: {State.UNDONE},
    State.UNDONE: set(),
    State.DISCARDED: set(),
}
# While it is one of these, the worker has it, and the page shows how far it is.
IN_WORK = (State.UPLOADED, State.APPLYING, State.UNDOING)
# From the moment on which somebody approved it.
RELEASED = (State.APPLYING, State.APPLIED, State.UNDOING, State.UNDONE)
# Nothing of it is on the site, and nobody has to do anything about it.
FORGETTABLE = (State.UPLOADED, State.UNREADABLE, State.CHECKED, State.FAILED)
