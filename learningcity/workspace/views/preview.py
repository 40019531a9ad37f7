"""The public page as visitors would see it if a proposal were published now."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learningcity.moderation import actions
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import address_of
from learningcity.workspace.queries.reading import reading_of
from learningcity.workspace.views.asking import acting, visible_proposal
from learningcity.workspace.views.proposals import show_faults

OF_THE_SITE = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST")
HEAD, BODY = re.compile(r"<head[^>]*>"), re.compile(r"<body[^>]*>")


@require_safe
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish inside a transaction, let the real page answer an anonymous visitor, and take everything back."""
    proposal = visible_proposal(request, pk)
    if proposal.state in ("published", "withdrawn"):
        return redirect("proposal", pk)
    try:
        with actions.rehearse(proposal) as record:
            address = "" if proposal.removes else address_of(proposal.kind, record)
            page = answer_of(request, address) if address else None
    except ValidationError as problem:
        if acting(request).has_perm("moderation.save_draft", proposal) and proposal.is_writable:
            return show_faults(request, proposal, problem)
        return without_page(request, proposal, problem.messages)
    except ObjectDoesNotExist:
        raise PermissionDenied from None
    if page is None:
        return without_page(request, proposal, [])
    return with_banner(request, page, proposal, address)


def answer_of(request: HttpRequest, address: str) -> HttpResponse | None:
    """Return what the page at this address answers to a visitor without an account; nothing where there is none."""
    parts = urlsplit(address)
    # Nothing of the session goes along: the page must be the one that everybody sees.
    visitor = HttpRequest()
    visitor.method, visitor.path, visitor.path_info = "GET", parts.path, parts.path
    visitor.GET = QueryDict(parts.query)
    visitor.META = {name: request.META[name] for name in OF_THE_SITE if name in request.META}
    visitor.META["QUERY_STRING"] = parts.query
    visitor.user = AnonymousUser()
    visitor.LANGUAGE_CODE = request.LANGUAGE_CODE
    visitor.htmx = False  # type: ignore[attr-defined]
    try:
        visitor.resolver_match = found = resolve(parts.path)
        answer = found.func(visitor, *found.args, **found.kwargs)
    except Http404:
        return None
    if hasattr(answer, "render"):
        answer = answer.render()
    return answer if answer.status_code == 200 else None


def with_banner(request: HttpRequest, page: HttpResponse, proposal: Proposal, address: str) -> HttpResponse:
    may_decide = proposal.state == "submitted" and acting(request).has_perm("moderation.approve", proposal)
    context = {"proposal": proposal, "anchor": address.partition("#")[2], "may_decide": may_decide}
    banner = render_to_string("workspace/preview_banner.html", context, request)
    head = render_to_string("workspace/preview_head.html", {}, request)
    html = page.content.decode()
    html = HEAD.sub(lambda found: found.group() + head, html, count=1)
    html = BODY.sub(lambda found: found.group() + banner, html, count=1)
    return HttpResponse(html, headers={"X-Robots-Tag": "noindex"})


def without_page(request: HttpRequest, proposal: Proposal, problems: list[str]) -> HttpResponse:
    """Show what a proposal changes where no page of its own would show it."""
    context = reading_of(proposal, acting(request)) | {"problems": problems}
    return render(request, "workspace/preview_none.html", context, status=400 if problems else 200)
