"""The six fields of action, the states of plans and actions, and the tables of allowed steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from learningcity.cities.enums import RoleKind


class Field(TextChoices):
    """The six areas in which a city acts, as UNESCO's Guidelines for Building Learning Cities (2015) name them."""

    PLANNING = "planning", _("Planning")
    INVOLVEMENT = "involvement", _("Involvement")
    CELEBRATION = "celebration", _("Celebration")
    # In the footer the same word means this site.
    ACCESSIBILITY = "accessibility", pgettext_lazy("field of action", "Accessibility")
    MONITORING = "monitoring", _("Monitoring and evaluation")
    FUNDING = "funding", _("Funding")


class PlanState(TextChoices):
    IN_FORCE = "in_force", _("in force")
    CLOSED = "closed", _("closed")


class ActionState(TextChoices):
    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class OwnerRole(TextChoices):
    """The roles in a city that can own an action: it stays with the role when the person goes."""

    EDITOR = RoleKind.EDITOR, _("the city's officer (editor)")
    APPROVER = RoleKind.APPROVER, _("the city's officer (approver)")


# A plan that was closed by mistake is opened again; an action that was called done too early goes on.
PLAN_STEPS: dict[str, set[str]] = {
    PlanState.IN_FORCE: {PlanState.CLOSED},
    PlanState.CLOSED: {PlanState.IN_FORCE},
}
ACTION_STEPS: dict[str, set[str]] = {
    ActionState.PLANNED: {ActionState.UNDER_WAY, ActionState.STOPPED},
    ActionState.UNDER_WAY: {ActionState.DONE, ActionState.STOPPED},
    ActionState.DONE: {ActionState.UNDER_WAY},
    ActionState.STOPPED: {ActionState.UNDER_WAY},
}
