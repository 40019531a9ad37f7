"""The words of a letter about notices, found when it is sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from learningcity.accounts.models import User
from learningcity.common.text import LocalText
from learningcity.notices import queries
from learningcity.notices.enums import Choice
from learningcity.notices.models import Letter

# What did not fit stands on the site; a longer mail would be read by nobody.
MOST_IN_A_MAIL = 50


def find_words(letter: Letter) -> bool:
    """Write into a letter what its owner may still see and has not read, and tell whether there is anything."""
    owner = letter.owner
    if owner is None or queries.choice_of(owner) == Choice.NONE:
        return False
    rows = letter.notices.filter(read_at__isnull=True).select_related("by").order_by("kind", "pk")
    notices = queries.visible(rows, owner)
    if not notices:
        return False
    with translation.override(owner.language):
        write_words(letter, owner, [queries.line(notice) for notice in notices])
    return True


def write_words(letter: Letter, owner: User, lines: list[queries.Line]) -> None:
    """Write subject, text and headers in the language of the moment."""
    name = str(LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))
    stop = settings.SITE_URL + reverse("unsubscribe", args=[queries.token_for(owner)])
    many = ngettext("%(count)s notice", "%(count)s notices", len(lines)) % {"count": len(lines)}
    letter.subject = f"{name}: {lines[0].title if len(lines) == 1 else many}"
    words: dict[str, Any] = {
        "site_name": name,
        "site_url": settings.SITE_URL,
        "lines": lines[:MOST_IN_A_MAIL],
        "more": max(0, len(lines) - MOST_IN_A_MAIL),
        "rhythm": rhythm(queries.choice_of(owner)),
        "stop": stop,
    }
    letter.text = render_to_string("notices/email/notices.txt", words).strip() + "\n"
    letter.headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def rhythm(choice: str) -> str:
    if choice == Choice.DAILY:
        return _("You are told by mail once a day.")
    return _("You are told by mail at once.")
