"""What people fill in to change a plan, by noun."""

from learningcity.plans.forms.actions import ActionForm, SmallWinForm
from learningcity.plans.forms.objectives import ObjectiveForm
from learningcity.plans.forms.plans import PlanForm

__all__ = ["ActionForm", "ObjectiveForm", "PlanForm", "SmallWinForm"]
