"""How people want to be told, and what may become of a letter."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Choice(TextChoices):
    INSTANT = "instant", _("At once, one mail for each")
    DAILY = "daily", _("Once a day, all in one mail")
    NONE = "none", _("No mail; I look here")


class LetterKind(TextChoices):
    """Where the words of a letter come from."""

    WRITTEN = "written", _("written")
    # Its words are found when it is sent, from what its reader may see then.
    NOTICES = "notices", _("about notices")


class LetterState(TextChoices):
    QUEUED = "queued", _("waits to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    DROPPED = "dropped", _("not sent, as nothing was left to say")
