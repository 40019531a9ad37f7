"""States and kinds of partners, and the tables of allowed steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """The four sectors that the agreement of Khon Kaen names."""

    PUBLIC = "public", _("public sector")
    PRIVATE = "private", _("private sector")
    EDUCATION = "education", _("education")
    CIVIL_SOCIETY = "civil_society", _("civil society")


class OrganizationKind(TextChoices):
    LOCAL_AUTHORITY = "local_authority", _("local authority")
    PROVINCE = "province", _("province (state administration)")
    STATE_AGENCY = "state_agency", _("state agency")
    FUND = "fund", _("fund")
    HOSPITAL = "hospital", _("hospital or health service")
    UNIVERSITY = "university", _("university")
    COLLEGE = "college", _("college")
    SCHOOL = "school", _("school or center")
    LEARNING_PLACE = "learning_place", _("museum, library or learning place")
    COMPANY = "company", _("company")
    BUSINESS_ASSOCIATION = "business_association", _("chamber or business association")
    ASSOCIATION = "association", _("association or foundation")
    COMMUNITY = "community", _("community or community enterprise")
    RELIGIOUS = "religious", _("religious body")
    MEDIA = "media", _("media")
    INTERNATIONAL = "international", _("international organization")
    OTHER = "other", _("other")


class Standing(TextChoices):
    """What an agreement is on a day; computed from its dates, never typed."""

    DRAFTED = "drafted", _("being prepared")
    SIGNED = "signed", _("signed, not yet in force")
    IN_FORCE = "in_force", _("in force")
    EXPIRING = "expiring", _("about to expire")
    ENDED = "ended", _("ended")
    RENEWED = "renewed", _("renewed by a later one")


class PartyRole(TextChoices):
    """What a source says an organization did in an agreement."""

    SIGNED = "signed", _("signed")
    TOOK_PART = "took_part", _("took part in the signing")
    SUPPORTS = "supports", _("supports")


class Capacity(TextChoices):
    """What a person did at the signing."""

    SIGNED = "signed", _("signed")
    WITNESSED = "witnessed", _("signed as a witness")
    TOOK_PART = "took_part", _("took part in the signing")


class Announced(TextChoices):
    """What a number that was announced with an agreement counts."""

    PARTIES = "parties", _("partners")
    GOALS = "goals", _("goals")


class Visibility(TextChoices):
    PRIVATE = "private", _("for those who take part only")
    PUBLIC = "public", _("for everybody")


class Gift(TextChoices):
    """What is given."""

    MONEY = "money", _("money")
    PLACE = "place", _("place")
    PEOPLE = "people", _("people")
    TIME = "time", _("time")
    EQUIPMENT = "equipment", _("equipment")
    DATA = "data", _("data")


class CommitmentState(TextChoices):
    """How far a promise has come. Late is none of these: the calendar says it."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed by both sides")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Outcome(TextChoices):
    """What has become of a promise on a day, as readers are told."""

    PROPOSED = "proposed", _("not yet confirmed by both sides")
    OPEN = "open", _("not yet due")
    LATE = "late", _("late")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Side(TextChoices):
    PARTNER = "partner", _("the partner")
    CITY = "city", _("the city")


class VisitState(TextChoices):
    REQUESTED = "requested", _("requested")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    DONE = "done", _("done")
    FOLLOWED_UP = "followed_up", _("followed up")


COMMITMENT_STEPS: dict[str, set[str]] = {
    CommitmentState.PROPOSED: {CommitmentState.CONFIRMED, CommitmentState.WITHDRAWN},
    CommitmentState.CONFIRMED: {
        CommitmentState.PROPOSED,
        CommitmentState.KEPT,
        CommitmentState.BROKEN,
        CommitmentState.WITHDRAWN,
    },
    CommitmentState.KEPT: set(),
    # A partner may still make good what was given up.
    CommitmentState.BROKEN: {CommitmentState.KEPT},
    CommitmentState.WITHDRAWN: set(),
}
VISIT_STEPS: dict[str, set[str]] = {
    VisitState.REQUESTED: {VisitState.ACCEPTED, VisitState.DECLINED},
    VisitState.ACCEPTED: {VisitState.DONE},
    VisitState.DECLINED: set(),
    VisitState.DONE: {VisitState.FOLLOWED_UP},
    VisitState.FOLLOWED_UP: set(),
}
