"""What a page sends while somebody types. The answer says what was saved, and what somebody else saved meanwhile."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.common.content import as_data, count_words
from learningcity.moderation import actions, queries
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import kind_named
from learningcity.workspace.views.asking import acting, found_record, place_in, typed_kind, visible_proposal
from learningcity.workspace.views.editing import since_in, token_in


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what was typed since the last time."""
    found = visible_proposal(request, pk)
    typed_kind(found.kind)
    return answer(request, found)


@require_POST
def save_first(request: HttpRequest, kind: str, key: str) -> JsonResponse:
    """Begin to change a record with the first words that are typed."""
    found_record(typed_kind(kind), key)
    return answer(request, actions.begin((kind, "", key), token_in(request), by=acting(request)))


@require_POST
def save_new(request: HttpRequest, place: str, kind: str) -> JsonResponse:
    """Begin a new record with the first words that are typed; the token makes two clicks one draft."""
    typed_kind(kind)
    return answer(request, actions.begin((kind, place_in(place), ""), token_in(request), by=acting(request)))


def answer(request: HttpRequest, proposal: Proposal) -> JsonResponse:
    kind = kind_named(proposal.kind)
    form = kind.form(None, place=proposal.place, record=queries.record_or_none(kind, proposal.key))
    try:
        saved = actions.save_draft(proposal, typed_in(request, form), since_in(request), by=acting(request))
    except ValidationError as problem:
        return JsonResponse({"problem": " ".join(problem.messages)}, status=400)
    except TransitionNotAllowed:
        said = _("It was handed in or decided on meanwhile, so this was not saved.")
        return JsonResponse({"problem": said, "address": reverse("proposal", args=[proposal.pk])}, status=409)
    proposal = saved.proposal
    whole = queries.whole_values(proposal)
    return JsonResponse(
        {
            "version": saved.version,
            "saved": f"{timezone.localtime(proposal.saved_at):%H:%M}",
            "clashing": {name: value for name, value in saved.clashing.items() if name in form.fields},
            "news": {name: value for name, value in saved.news.items() if name in form.fields},
            "words": {name: count_words(str(whole.get(name) or "")) for name in form.fields if limit_of(form, name)},
            "address": reverse("proposal", args=[proposal.pk]),
            "save": reverse("proposal-save", args=[proposal.pk]),
            "store": f"proposal:{proposal.pk}",
        }
    )


def typed_in(request: HttpRequest, form: Any) -> dict[str, Any]:
    """Return the fields that came, from a form or as JSON in its field ``changes``."""
    if "changes" not in request.POST:
        return form.values_in(request.POST)
    try:
        said = json.loads(request.POST["changes"])
        return form.values_in(as_data({str(name): texts(value) for name, value in said.items()}))
    except (ValueError, AttributeError, RecursionError):
        raise BadRequest("changes") from None


def texts(value: Any) -> str | list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def limit_of(form: Any, name: str) -> int:
    pair = getattr(form.fields[name], "pair", None)
    return pair.limit if pair else 0
