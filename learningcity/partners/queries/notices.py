"""How the notices about promises, agreements and visits read."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.common.thai.dates import shown_date
from learningcity.moderation.registry import authority
from learningcity.notices.models import Notice
from learningcity.partners.models import Agreement, Commitment, MentorPair, StudyVisit
from learningcity.partners.queries.sides import agreements_visible_to, side_of

TITLES: dict[str, Callable[[object], str]] = {
    "partners.confirm": lambda about: _("Waits for the yes of your side: %(promise)s") % {"promise": about},
    "partners.confirmed": lambda about: _("Confirmed by both sides: %(promise)s") % {"promise": about},
    "partners.kept": lambda about: _("Reported as kept: %(promise)s") % {"promise": about},
    "partners.broken": lambda about: _("Marked as broken: %(promise)s") % {"promise": about},
    "partners.withdrawn": lambda about: _("Withdrawn: %(promise)s") % {"promise": about},
    "partners.paired": lambda about: _("A new pair of mentor and learner: %(pair)s") % {"pair": about},
    "partners.visit_requested": lambda about: _("Asks to come for a study visit: %(visit)s") % {"visit": about},
    "partners.visit_answered": lambda about: _("Your study visit was answered: %(visit)s") % {"visit": about},
    "partners.visit_reported": lambda about: _("News of a study visit: %(visit)s") % {"visit": about},
}


def title(notice: Notice) -> str:
    """Return what a notice says."""
    return TITLES[notice.kind](notice.about or "")


def due_title(notice: Notice) -> str:
    """Return what a notice says of a promise that is due soon."""
    return _("Due on %(day)s: %(promise)s") % {"day": _day(notice), "promise": notice.about or ""}


def late_title(notice: Notice) -> str:
    """Return what a notice says of a promise that is late."""
    return _("Late since %(day)s: %(promise)s") % {"day": _day(notice), "promise": notice.about or ""}


def expiring_title(notice: Notice) -> str:
    """Return what a notice says of an agreement that ends soon."""
    return _("Ends on %(day)s: %(agreement)s") % {"day": _day(notice), "agreement": notice.about or ""}


def _day(notice: Notice) -> str:
    about = notice.about
    day = about.due_on if isinstance(about, Commitment) else about.ends_on if isinstance(about, Agreement) else None
    return shown_date(day) if day else ""


def may_see_promise(user: User, notice: Notice) -> bool:
    """Tell whether the recipient stands (still) on a side of the promise."""
    return isinstance(notice.about, Commitment) and side_of(user, notice.about) is not None


def may_see_agreement(user: User, notice: Notice) -> bool:
    """Tell whether the recipient (still) acts for the city or a party of the agreement."""
    about = notice.about
    if not isinstance(about, Agreement):
        return False
    return authority().may_edit(user, about.city.slug) or agreements_visible_to(user).filter(pk=about.pk).exists()


def may_see_visit(user: User, notice: Notice) -> bool:
    """Tell whether the recipient (still) acts for one of the two cities."""
    about = notice.about
    if not isinstance(about, StudyVisit):
        return False
    return any(authority().may_edit(user, city.slug) for city in (about.host, about.guest))


def may_see_pair(user: User, notice: Notice) -> bool:
    """Tell whether the recipient (still) acts for one of the two cities."""
    about = notice.about
    if not isinstance(about, MentorPair):
        return False
    return any(authority().may_edit(user, city.slug) for city in (about.mentor, about.learner))
