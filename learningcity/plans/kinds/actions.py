"""How actions and small wins are read, typed and written."""

from __future__ import annotations

from typing import Any

from learningcity.moderation.registry import Values
from learningcity.partners.models import Commitment, Organization
from learningcity.pictures.actions import publish_picture
from learningcity.pictures.fields import photo_value
from learningcity.plans.kinds.writing import last_place, write_dates
from learningcity.plans.models import Action, Objective, SmallWin
from learningcity.plans.queries import plan_in_force
from learningcity.search.actions import index
from learningcity.sources.fields import day_value


def action_values(action: Action) -> Values:
    """Return an action as its form shows it."""
    owner = f"role:{action.role}" if action.role else f"organization:{action.organization.slug}"  # type: ignore[union-attr]
    texts = ("title_th", "title_en", "text_th", "text_en", "reason_th", "reason_en")
    return {
        "objective": str(action.objective_id),
        "owner": owner,
        "commitment": action.commitment.slug if action.commitment else "",
        "starts": day_value(action.starts_on, action.starts_precision),
        "ends": day_value(action.ends_on, action.ends_precision),
        **{name: getattr(action, name) for name in texts},
    }


def save_action(action: Action | None, form: Any, place: str) -> Action:
    """Write an action; a new one is planned and stands last."""
    said = form.cleaned_data
    objective = Objective.objects.select_related("plan").get(pk=said["objective"])
    action = action or Action(position=last_place(Action, objective=objective) + 1)
    action.objective = objective
    for name in ("title_th", "title_en", "text_th", "text_en", "reason_th", "reason_en"):
        setattr(action, name, said.get(name, getattr(action, name)))
    owner, _colon, name = said["owner"].partition(":")
    action.role = name if owner == "role" else ""
    action.organization = Organization.objects.get(slug=name) if owner == "organization" else None
    action.commitment = Commitment.objects.get(slug=said["commitment"]) if said["commitment"] else None
    write_dates(action, said, "starts", "ends")
    action.full_clean()
    action.save()
    index(objective.plan)
    return action


def win_values(win: SmallWin) -> Values:
    """Return a small win as its form shows it."""
    return {
        "note_th": win.note_th,
        "note_en": win.note_en,
        "happened": day_value(win.happened_on, win.happened_precision),
        "action": str(win.action_id or ""),
        "photo": photo_value(win.photo),
    }


def save_win(win: SmallWin | None, form: Any, place: str) -> SmallWin:
    """Write a small win; everybody may see its photo from now on."""
    said = form.cleaned_data
    win = win or SmallWin(plan=plan_in_force(place))
    win.note_th, win.note_en = said["note_th"], said["note_en"]
    win.action_id = said["action"] or None
    win.photo = said["photo"]
    write_dates(win, said, "happened")
    win.full_clean()
    win.save()
    if win.photo:
        publish_picture(win.photo)
    index(win.plan)
    return win
