"""The records of a place, and the first step to change one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcity.moderation import actions
from learningcity.moderation.registry import authority
from learningcity.workspace.queries.editing import draft_of, remembered_source
from learningcity.workspace.queries.history import gone_from
from learningcity.workspace.queries.records import lists_of, may_propose, page_of_kind
from learningcity.workspace.views.asking import (
    NETWORK,
    acting,
    found_record,
    insist,
    named_kind,
    place_in,
    typed_kind,
)
from learningcity.workspace.views.editing import receive, sheet_before, show, token_in

PER_PAGE = 50


@require_safe
def place(request: HttpRequest, place: str) -> HttpResponse:
    """Show everything for which a place answers, kind by kind."""
    slug = place_in(place)
    insist(request, "moderation.see_queue", slug)
    name = authority().name_of(slug)
    if slug and str(name) == slug:
        raise Http404(slug)
    chosen = request.GET.get("kind", "")
    context = {"place": place, "slug": slug, "name": name, "may_edit": may_propose(acting(request), slug)}
    if chosen:
        kind = named_kind(chosen)
        records = kind.records_in(slug)
        page = Paginator(records if records.ordered else records.order_by("pk"), PER_PAGE).get_page(
            request.GET.get("page")
        )
        rows = page_of_kind(kind, list(page), acting(request))
        context |= {"kind": kind, "page": page, "rows": rows, "can_begin": kind.may_begin_in(slug)}
        context["gone"] = gone_from(kind, slug)
        return render(request, "workspace/place_kind.html", context)
    lists = lists_of(slug, acting(request))
    context |= {"lists": lists, "sections": [(each.kind.name, capfirst(str(each.kind.plural))) for each in lists]}
    return render(request, "workspace/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show the form of a record; only what is typed into it begins a proposal."""
    of, who = typed_kind(kind), acting(request)
    record = found_record(of, key)
    if request.method == "POST":
        return receive(request, actions.begin((kind, "", key), token_in(request), by=who))
    if draft := draft_of(who, of, key):
        return redirect("proposal", draft.pk)
    slug = of.place_of(record)
    if not (may_propose(who, slug) or of.also_by(who, record)):
        raise PermissionDenied
    return show(request, sheet_before(of, slug, record))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """Show an empty form; the token in it makes two clicks one draft."""
    of, who, slug = typed_kind(kind), acting(request), place_in(place)
    if not of.may_begin_in(slug):
        raise Http404(kind)
    if request.method == "POST":
        return receive(request, actions.begin((kind, slug, ""), token_in(request), by=who))
    insist(request, "moderation.propose", slug)
    return show(request, sheet_before(of, slug, None, told(request), source=remembered_source(who, slug)))


def told(request: HttpRequest) -> UUID | None:
    """Return the token that a page kept for a draft which never reached us."""
    try:
        return UUID(request.GET.get("token", ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask whether a record shall be taken off the site, and propose it."""
    of = named_kind(kind)
    record = found_record(of, key)
    slug = of.place_of(record)
    insist(request, "moderation.propose", slug)
    if of.remove is None:
        raise Http404(kind)
    if request.method == "POST":
        try:
            proposal = actions.propose_removal((kind, key), by=acting(request))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            draft = draft_of(acting(request), of, key)
            return redirect("proposal", draft.pk) if draft else redirect("workspace")
        messages.success(request, _("Say why in the note, and hand it in."))
        return redirect("proposal-submit", proposal.pk)
    context = {"kind": of, "key": key, "title": of.title_of(record), "place": slug or NETWORK}
    return render(request, "workspace/remove.html", context)
