"""Who asks, and for what: the same few questions that every page of the workspace begins with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from learningcity.accounts.models import User
from learningcity.common.content import ContentForm
from learningcity.moderation.models import Proposal
from learningcity.moderation.queries import find_record
from learningcity.moderation.registry import Kind, NotRegistered, kind_named

# Stands in addresses for the whole network, which has no slug.
NETWORK = "-"


def acting(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- for the type checker; the middleware lets nobody else in
    return request.user


def visible_proposal(request: HttpRequest, pk: int) -> Proposal:
    """Return the proposal.

    :raises Http404: if there is none that this person may see.
    """
    proposal = get_object_or_404(Proposal.objects.select_related("author", "keeper", "decided_by"), pk=pk)
    if not acting(request).has_perm("moderation.see", proposal):
        raise Http404
    return proposal


def named_kind(name: str) -> Kind:
    """Return the kind of this name.

    :raises Http404: if there is none.
    """
    try:
        return kind_named(name)
    except NotRegistered:
        raise Http404(name) from None


def typed_kind(name: str) -> Kind:
    """Return the kind of this name.

    :raises Http404: if there is none, or nobody ever types its records: an import is a file.
    """
    kind = named_kind(name)
    if not is_typed(kind):
        raise Http404(name)
    return kind


def is_typed(kind: Kind) -> bool:
    """Tell whether the records of a kind are typed into a form, field by field."""
    return isinstance(kind.form, type) and issubclass(kind.form, ContentForm)


def found_record(kind: Kind, key: str) -> Any:
    """Return the record of this key.

    :raises Http404: if there is none.
    """
    try:
        return find_record(kind, key)
    except ObjectDoesNotExist:
        raise Http404(key) from None


def place_in(word: str) -> str:
    """Return the place that a word of an address means."""
    return "" if word == NETWORK else word


def insist(request: HttpRequest, permission: str, thing: object) -> None:
    """Refuse whoever may not do this with this.

    :raises PermissionDenied: then.
    """
    if not acting(request).has_perm(permission, thing):  # type: ignore[arg-type]
        raise PermissionDenied
