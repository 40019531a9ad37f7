"""Erasing from the history who somebody is. That something was erased, when, why and by whom, is never erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.common.text import LANGUAGES
from learningcity.moderation import queries
from learningcity.moderation.actions.publishing import wait_for_others
from learningcity.moderation.enums import ERASED, OPEN, Why
from learningcity.moderation.models import Proposal, Revision
from learningcity.moderation.registry import Kind, Values, kind_named


@transaction.atomic
def erase_names(subject: tuple[str, str], why: str, *, by: User) -> int:
    """Erase from the history of a record who it named, and return from how many revisions; ``subject`` is kind and key.

    What the record says today stays: who shall not be named on the site any more is taken off it first.

    :raises PermissionDenied: if this person does not oversee the whole network.
    :raises ValidationError: if there is no such reason, or nothing is left to erase.
    """
    if not by.has_perm("moderation.erase_names"):
        raise PermissionDenied
    if why not in Why.values:
        raise ValidationError(_("Say why it is erased."))
    name, key = subject
    count = forget_words(kind_named(name), key, why, by=by)
    if not count:
        raise ValidationError(
            _("There is nothing to erase: the history names nobody but who stands on the site. Take that off first.")
        )
    return count


@transaction.atomic
def forget_words(kind: Kind, key: str, why: str, *, by: User) -> int:
    """Put a marker in place of what is personal in all that a record said, and return in how many revisions it was.

    Called by those who have asked for the permission.
    """
    proposals = hold_history(kind.name, key)
    record = queries.record_or_none(kind, key)
    stands = queries.live_values(kind, record)
    titles = {ERASED, *_titles(kind, record)}
    erased = []
    for revision in Revision.objects.filter(kind=kind.name, key=key).order_by("number"):
        values = _without_names(kind, revision.values, stands)
        title = revision.title if revision.title in titles else ERASED
        if kind.personal and (values, title) != (revision.values, revision.title):
            revision.values, revision.title, revision.erased_at = values, title, timezone.now()
            revision.save(update_fields=["values", "title", "erased_at"])
            erased.append(revision.number)
    for proposal in proposals:
        # Of what stands on the site somebody may be writing on; that is no history yet.
        if record is None or proposal.state not in OPEN:
            proposal.base = _without_names(kind, proposal.base, stands)
            proposal.values = _without_names(kind, proposal.values, stands)
            proposal.save(update_fields=["base", "values"])
    if erased:
        named = f"{kind.model._meta.label}:{key}"
        write("moderation.erase_names", named, by=by, kind=kind.name, why=str(why), revisions=erased)
    return len(erased)


def hold_history(kind: str, key: str) -> list[Proposal]:
    """Let nobody else decide on what a record says until the transaction ends, and return what was proposed for it."""
    # In the order of those who approve: first the proposals, then the record.
    proposals = Proposal.objects.select_for_update(of=("self",)).filter(kind=kind, key=key).order_by("pk")
    held = list(proposals)
    wait_for_others(kind, key)
    return held


def _without_names(kind: Kind, values: Values, stands: Mapping[str, Any]) -> Values:
    """Return these values without what is personal and does not stand on the site today."""
    return {
        field: ERASED if field in kind.personal and value and not queries.same(value, stands.get(field)) else value
        for field, value in values.items()
    }


def _titles(kind: Kind, record: Any) -> list[str]:
    """Return how a record is called today, in each language: a revision bears the title that its approver read."""
    titles = []
    for language in LANGUAGES if record is not None else ():
        with translation.override(language):
            titles.append(str(kind.title_of(record))[:300])
    return titles
