"""What is harvested, how often, where a run stands, and why a record was not taken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What the other catalog speaks."""

    CKAN = "ckan", _("a catalog with CKAN")
    DCAT = "dcat", _("a catalog in DCAT (Turtle, JSON-LD, RDF/XML)")
    OAI = "oai", _("an archive with OAI-PMH")
    TABLE = "table", _("one table at an address")


class Often(TextChoices):
    """How often somebody looks there by the clock."""

    DAY = "day", _("every day")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    NEVER = "never", _("only when somebody asks for it")


DAYS_BETWEEN = {Often.DAY: 1, Often.WEEK: 7, Often.MONTH: 30}


class Scope(TextChoices):
    """What a run asks for."""

    CHANGES = "changes", _("what changed")
    EVERYTHING = "everything", _("everything")


class State(TextChoices):
    WAITING = "waiting", _("waits")
    GATHERING = "gathering", _("reads the list")
    FETCHING = "fetching", _("fetches files")
    IMPORTING = "importing", _("writes")
    DONE = "done", _("done")
    FAILED = "failed", _("broken off")
    STOPPED = "stopped", _("stopped")


OPEN = (State.WAITING, State.GATHERING, State.FETCHING, State.IMPORTING)
STEPS: dict[str, set[str]] = {
    State.WAITING: {State.GATHERING, State.FAILED, State.STOPPED},
    State.GATHERING: {State.FETCHING, State.FAILED, State.STOPPED},
    State.FETCHING: {State.IMPORTING, State.FAILED, State.STOPPED},
    State.IMPORTING: {State.DONE, State.FAILED, State.STOPPED},
    State.DONE: set(),
    State.FAILED: set(),
    State.STOPPED: set(),
}


class Outcome(TextChoices):
    """What became of one record of another catalog in a run."""

    FOUND = "found", _("found")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    GONE = "gone", _("gone")
    REFUSED = "refused", _("refused")


class Reason(TextChoices):
    """Why a record was not taken."""

    NO_LICENSE = "no_license", _("no license")
    OTHER_LICENSE = "other_license", _("a license that we do not know")
    NOT_PUBLIC = "not_public", _("not public data")
    NOT_OFFERED = "not_offered", _("its owner does not want it harvested")
    NO_TITLE = "no_title", _("no title")
    OURS = "ours", _("it is our own dataset, back from another catalog")
    TWIN = "twin", _("it stands here already, from another catalog")
    WITHDRAWN_HERE = "withdrawn_here", _("it was withdrawn here")
    UNREADABLE = "unreadable", _("it cannot be read")


class Problem(TextChoices):
    """Why a run broke off, or a file was left where it is; the first ones are those of common.addresses.Obstacle."""

    ADDRESS = "address", _("the address is none that may be fetched")
    HOST = "host", _("the secretariat has not allowed this host")
    NAME = "name", _("nobody knows a host of this name")
    PRIVATE = "private", _("the host does not stand in the public net")
    CONNECTION = "connection", _("nobody answers, or the connection broke off")
    CERTIFICATE = "certificate", _("the certificate is not that of the host")
    REDIRECT = "redirect", _("it leads to another place")
    SIZE = "size", _("it is too large")
    TIME = "time", _("it takes too long")
    STATUS = "status", _("the other side refuses")
    CONTENT = "content", _("it is not what was expected")
    BUSY = "busy", _("the other side is busy and asks for a pause")
    ROBOTS = "robots", _("its owner forbids it to programs (robots.txt)")
    EMPTY = "empty", _("the list is suddenly empty; nothing was marked as gone")
    PAUSED = "paused", _("it was switched off meanwhile")
    BROKEN = "broken", _("our program stumbled; those who look after it can read more in its log")
    KIND = "kind", _("a kind of file that we do not take")
