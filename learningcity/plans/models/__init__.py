"""What plans remembers, by noun: plans with their objectives and targets, actions with small wins."""

from learningcity.plans.models.actions import Action, SmallWin
from learningcity.plans.models.plans import Objective, Plan, Target

__all__ = ["Action", "Objective", "Plan", "SmallWin", "Target"]
