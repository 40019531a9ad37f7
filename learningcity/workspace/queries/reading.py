"""What a proposal changes, for whoever reads it: the author once more, and those who decide."""

from __future__ import annotations

from typing import Any

from learningcity.accounts.models import User
from learningcity.moderation import queries
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import address_of, authority, kind_named
from learningcity.workspace.queries.datasets import files_named
from learningcity.workspace.queries.editing import overtaken_in


def reading_of(proposal: Proposal, user: User) -> dict[str, Any]:
    """Return everything that a page about a proposal shows."""
    kind = kind_named(proposal.kind)
    record = queries.record_or_none(kind, proposal.key)
    form = kind.form(queries.whole_values(proposal), place=proposal.place, record=record)
    after = {} if proposal.removes else queries.whole_values(proposal)
    return {
        "proposal": proposal,
        "kind": kind,
        "title": queries.title_of(proposal),
        "place_name": authority().name_of(proposal.place),
        "changes": queries.changes_between(form, proposal.base, after),
        "overtaken": overtaken_in(proposal, form),
        "files": files_named(proposal),
        "source": source_in(form, after),
        "public_address": address_of(kind.name, record) if record is not None else "",
        "may": {verb: user.has_perm(f"moderation.{verb}", proposal) for verb in ("approve", "withdraw", "recall")},
        "is_keeper": proposal.keeper_id == user.pk,
        "has_hand": proposal.hands.filter(user=user).exists(),
    }


def source_in(form: Any, values: dict[str, Any]) -> str:
    """Return where a proposal says that it has it from."""
    if "source" not in form.fields:
        return ""
    if values.get("source") == "new":
        return " · ".join(
            filter(None, (values.get("source_title"), values.get("source_publisher"), values.get("source_url")))
        )
    return queries.shown_value(form, "source", values.get("source"))
