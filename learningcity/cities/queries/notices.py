"""How the notices about roles read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.cities.models import Role
from learningcity.common.thai.dates import shown_date
from learningcity.notices.models import Notice
from learningcity.notices.registry import Text


def deputy_title(notice: Notice) -> str:
    """Return what somebody is told who shall stand in for somebody else."""
    words = _words(notice.about)
    return _("You stand in as %(role)s, %(place)s, from %(start)s until before %(end)s") % words


def hand_over_title(notice: Notice) -> str:
    """Return what somebody is told to whom a role was handed over."""
    return _("Handed over to you from %(start)s: %(role)s, %(place)s") % _words(notice.about)


def is_own(user: User, notice: Notice) -> bool:
    """Tell whether the role that a notice is about is (still) that of its recipient."""
    return isinstance(notice.about, Role) and notice.about.user_id == user.pk


def _words(role: Any) -> dict[str, object]:
    return {
        "role": role.get_kind_display(),
        "place": role.city.name if role.city else _("the whole network"),
        "start": shown_date(role.starts_on),
        "end": shown_date(role.ends_on) if role.ends_on else "",
    }


TEXTS = {
    "cities.deputy_named": Text(title=deputy_title, allowed=is_own, related=("city",)),
    "cities.role_handed_over": Text(title=hand_over_title, allowed=is_own, related=("city",)),
}
