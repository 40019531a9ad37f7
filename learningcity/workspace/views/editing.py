"""The page with the form: how it is filled, and how what was typed is taken in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation import actions, queries
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import Kind, Values, address_of, authority, kind_named
from learningcity.workspace.queries import editing
from learningcity.workspace.views.asking import NETWORK, acting

AFTER = {"preview": "proposal-preview", "submit": "proposal-submit"}


@dataclass
class Sheet:
    """One form on one page, and everything around it."""

    kind: Kind
    place: str
    record: Any
    form: Any
    action: str
    save_to: str
    # Under which names the browser keeps what is not saved yet.
    stores: str
    token: UUID
    proposal: Proposal | None = None
    since: int = 0
    marks: str = "{}"
    problems: list[str] = field(default_factory=list)
    clashes: list[editing.Aside] = field(default_factory=list)
    overtaken: list[editing.Aside] = field(default_factory=list)
    others: list[editing.Other] = field(default_factory=list)

    @property
    def public_address(self) -> str:
        return address_of(self.kind.name, self.record) if self.record is not None else ""

    @property
    def title(self) -> object:
        return self.kind.title_of(self.record) if self.record is not None else ""

    @property
    def saved_at(self) -> dt.datetime | None:
        return self.proposal.saved_at if self.proposal and self.since else None

    @property
    def place_name(self) -> object:
        return authority().name_of(self.place)

    @property
    def contents(self) -> list[tuple[str, object]]:
        return [(f"section-{number}", section.title) for number, (section, _) in enumerate(self.form.layout(), 1)]


def filled(kind: Kind, values: Values, place: str, record: Any) -> Any:
    """Return a form that shows values without finding fault with them yet."""
    return kind.form(None, place=place, record=record, initial=values)


def sheet_of(proposal: Proposal, values: Values | None = None, *, form: Any = None) -> Sheet:
    """Return the page of a proposal: as it is saved, or with what was typed on top."""
    kind = kind_named(proposal.kind)
    record = queries.record_or_none(kind, proposal.key)
    saved = queries.whole_values(proposal)
    form = form or filled(kind, saved if values is None else values, proposal.place, record)
    key = f"edit:{kind.name}:{proposal.key}" if proposal.key else f"new:{kind.name}:{proposal.place}:{proposal.token}"
    return Sheet(
        kind=kind,
        place=proposal.place,
        record=record,
        form=form,
        action=reverse("proposal", args=[proposal.pk]),
        save_to=reverse("proposal-save", args=[proposal.pk]),
        stores=f"proposal:{proposal.pk} {key}",
        token=proposal.token,
        proposal=proposal,
        since=proposal.version,
        marks=editing.fingerprints({name: saved.get(name, "") for name in form.fields}),
        overtaken=editing.overtaken_in(proposal, form),
        others=editing.others_in(proposal, form),
    )


def sheet_before(kind: Kind, place: str, record: Any, token: UUID | None = None, *, source: str = "") -> Sheet:
    """Return the page on which somebody may begin: looking at it begins nothing."""
    values = queries.live_values(kind, record)
    form = filled(kind, values or ({"source": source} if source else {}), place, record)
    if record is not None:
        key = str(record.pk)
        names = ("record-edit", [kind.name, key]), ("record-save", [kind.name, key])
        stores = f"edit:{kind.name}:{key}"
    else:
        where = [place or NETWORK, kind.name]
        names = ("record-new", where), ("record-new-save", where)
        stores = f"new:{kind.name}:{place}"
    sheet = Sheet(
        kind=kind,
        place=place,
        record=record,
        form=form,
        action=reverse(names[0][0], args=names[0][1]),
        save_to=reverse(names[1][0], args=names[1][1]),
        stores=stores,
        token=token or uuid4(),
        marks=editing.fingerprints({name: values.get(name, "") for name in form.fields}),
    )
    if record is not None:
        sheet.others = editing.others_in(Proposal(kind=kind.name, key=str(record.pk), base=values), form)
    return sheet


def show(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    # A partner's clerk writes here without ever seeing the rest of the city.
    sees_place = acting(request).has_perm("moderation.see_queue", sheet.place)  # type: ignore[arg-type]
    back = reverse("workspace-place", args=[sheet.place or NETWORK]) if sees_place else reverse("workspace")
    return render(request, "workspace/edit.html", {"sheet": sheet, "form": sheet.form, "back": back}, status=status)


def receive(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Save what came from the form as a whole, and go on to where its button leads."""
    form = queries.form_of(proposal)
    typed = editing.changed_since(form.all_values_in(request.POST), request.POST.get("marks", ""))
    other, wanted = wanted_from(request)
    for name in (wanted, *request.POST.getlist("leave")):
        typed.pop(name, None)
    try:
        saved = actions.save_draft(proposal, typed, since_in(request), by=acting(request))
    except ValidationError as problem:
        sheet = sheet_of(proposal, queries.whole_values(proposal) | typed)
        sheet.problems = problem.messages
        return show(request, sheet, 400)
    except TransitionNotAllowed:
        return redirect("proposal", proposal.pk)
    if saved.clashing:
        mine = {name: typed[name] for name in saved.clashing}
        sheet = sheet_of(saved.proposal, queries.whole_values(saved.proposal) | mine)
        sheet.clashes = editing.asides_of(sheet.form, mine, saved.clashing)
        return show(request, sheet, 409)
    return go_on(request, saved.proposal, other, wanted)


def go_on(request: HttpRequest, proposal: Proposal, other: Proposal | None, wanted: str) -> HttpResponse:
    """Take over or take in what the person asked for, and lead to the next page."""
    then = request.POST.get("then", "")
    if other:
        actions.adopt(proposal, other, [wanted], by=acting(request))
        return redirect(f"{reverse('proposal', args=[proposal.pk])}#id_{wanted}")
    if then == "take":
        chosen = [name for name in request.POST.getlist("published") if name in proposal.values]
        actions.take(proposal, chosen, by=acting(request))
    return redirect(AFTER.get(then, "proposal"), proposal.pk)


def wanted_from(request: HttpRequest) -> tuple[Proposal | None, str]:
    """Return from which proposal of somebody else which field is to be taken over, if any."""
    number, _colon, name = request.POST.get("from", "").partition(":")
    if not (number.isdecimal() and len(number) < 18):
        return None, ""
    return Proposal.objects.filter(pk=int(number)).first(), name


def since_in(request: HttpRequest) -> int:
    said = request.POST.get("since", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def token_in(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()
