"""Catalogs of others: which are harvested, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.common.addresses import NotFetched
from learningcity.harvest import actions
from learningcity.harvest.enums import Problem, Scope
from learningcity.harvest.models import Host, Origin, Run, Twin
from learningcity.harvest.queries.origins import (
    copies_to_look_after,
    findings_of,
    gone_copies,
    hosts,
    origins_visible_to,
    runs_of,
    twins_in,
)
from learningcity.moderation.registry import authority
from learningcity.workspace.forms.harvest import HostForm, OriginForm
from learningcity.workspace.queries import harvest as words
from learningcity.workspace.views.asking import acting, insist

PER_PAGE = 25
FINDINGS = 50


@require_safe
@never_cache
def origins(request: HttpRequest) -> HttpResponse:
    """Show what is harvested for the places that a person works for, each with its last run."""
    user = acting(request)
    page = Paginator(origins_visible_to(user), PER_PAGE).get_page(request.GET.get("page"))
    names = words.names_of_places(list(page))
    lines = []
    for origin in page:
        run = words.last_run(origin)
        said = (words.problem_in_words(run) or words.run_in_words(run)) if run else ""
        lines.append((origin, names.get(origin.place, origin.place), run, said))
    context = {
        "page": page,
        "lines": lines,
        "waiting": copies_to_look_after(user).count(),
        "may_make": bool(words.places_to_harvest_for(user)),
        "may_allow": user.has_perm("harvest.allow_host"),
    }
    return render(request, "workspace/harvest/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def origin_new(request: HttpRequest) -> HttpResponse:
    """Enter an origin, or look first what its records would become."""
    places = words.places_to_harvest_for(acting(request))
    if not places:
        insist(request, "harvest.make_origin", "")
    form = OriginForm(request.POST if request.method == "POST" else None, places=places)
    return entered(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def origin_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an origin, or look first what its records would become."""
    origin = visible(request, pk)
    insist(request, "harvest.change_origin", origin)
    form = OriginForm(request.POST if request.method == "POST" else None, places=[], origin=origin)
    return entered(request, form, origin)


def entered(request: HttpRequest, form: OriginForm, origin: Origin | None) -> HttpResponse:
    """Show the form; take in what was typed, or show what it would bring."""
    context: dict[str, Any] = {"form": form, "origin": origin, "hosts": hosts()}
    if request.method == "POST" and form.is_valid():
        user, typed = acting(request), form.filled()
        try:
            if "look" in request.POST:
                context["looked"] = actions.look_first(typed, by=user)
                return render(request, "workspace/harvest/new.html", context)
            kept = actions.change_origin(typed, by=user) if origin else actions.make_origin(typed, by=user)
        except ValidationError as problem:
            form.add_error(None, _general(form, problem))
        except NotFetched as obstacle:
            said = dict(Problem.choices)[obstacle.obstacle.value]
            form.add_error("address", f"{said} ({obstacle.detail})" if obstacle.detail else str(said))
        else:
            messages.success(request, _("Saved."))
            return redirect("harvest-origin", kept.pk)
    return render(request, "workspace/harvest/new.html", context, status=400 if form.errors else 200)


def _general(form: OriginForm, problem: ValidationError) -> ValidationError:
    """Return a problem with what concerns no field of the form put above all of them."""
    if not hasattr(problem, "error_dict"):
        return problem
    known: dict[str, list[Any]] = {}
    for name, errors in problem.error_dict.items():
        known.setdefault(name if name in form.fields else "__all__", []).extend(errors)
    return ValidationError(known)


@require_safe
@never_cache
def origin_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one origin: its runs, and what is gone there and still stands here."""
    origin = visible(request, pk)
    page = Paginator(runs_of(origin), PER_PAGE).get_page(request.GET.get("page"))
    gone = list(gone_copies(origin)[:FINDINGS])
    context = {
        "origin": origin,
        "place": authority().name_of(origin.place),
        "page": page,
        "lines": [(run, words.problem_in_words(run) or words.run_in_words(run)) for run in page],
        "gone": gone,
        "twins": words.twins_for(list(twins_in(origin)[:FINDINGS]), acting(request)),
        "is_open": origin.runs.filter(ended_at__isnull=True).exists(),
        "copies": origin.copies.count(),
        "may_change": acting(request).has_perm("harvest.change_origin", origin),
        "may_withdraw": bool(gone) and acting(request).has_perm("opendata.withdraw", gone[0].dataset),
    }
    return render(request, "workspace/harvest/origin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def newest(request: HttpRequest) -> HttpResponse:
    """Show what was taken over lately and nobody looked after, and take down who did."""
    user = acting(request)
    if request.method == "POST":
        marked = [int(number) for number in request.POST.getlist("copy")[:PER_PAGE] if is_key(number)]
        if count := actions.look_after(marked, by=user):
            said = ngettext("%(count)s dataset is looked after.", "%(count)s datasets are looked after.", count)
            messages.success(request, said % {"count": count})
        else:
            messages.warning(request, _("Mark what you have looked at."))
        return redirect("harvest-newest")
    page = Paginator(copies_to_look_after(user), PER_PAGE).get_page(request.GET.get("page"))
    lines = words.copies_for(list(page), user)
    context = {"page": page, "lines": lines, "may_look_after": any(may for _copy, may in lines)}
    return render(request, "workspace/harvest/newest.html", context)


def is_key(text: str) -> bool:
    """Tell whether a text can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= 15


@require_POST
def twin_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a dataset follow this catalog instead of the one that brought it."""
    twin = get_object_or_404(Twin.objects.select_related("origin"), pk=pk)
    origin = visible(request, twin.origin_id)
    actions.take_from_here(twin, by=acting(request))
    messages.success(request, _("From now on this dataset follows %(catalog)s.") % {"catalog": origin.title})
    return redirect("harvest-origin", origin.pk)


@require_POST
def origin_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Harvest now."""
    origin = visible(request, pk)
    scope = Scope.EVERYTHING if request.POST.get("scope") == Scope.EVERYTHING else Scope.CHANGES
    try:
        run = actions.begin_run(origin, scope, by=acting(request))
    except TransitionNotAllowed:
        messages.warning(request, _("It is being harvested already, or it is switched off."))
        return redirect("harvest-origin", pk)
    return redirect("harvest-run", run.pk)


@require_safe
@never_cache
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the log of a run, or how far it is."""
    run = visible_run(request, pk)
    shown = request.GET.get("show", "")
    context: dict[str, Any] = {
        "run": run,
        "progress": words.progress_in_words(run),
        "said": words.run_in_words(run),
        "problem": words.problem_in_words(run),
        "may_stop": acting(request).has_perm("harvest.stop_run", run),
    }
    if request.htmx:  # type: ignore[attr-defined]
        if not run.is_open:
            # The work is done: the whole page is another one now.
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "workspace/harvest/progress.html", context)
    page = Paginator(findings_of(run, shown), FINDINGS).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "lines": [(finding, words.left_of(finding)) for finding in page],
        "counts": words.counts_of(run, shown),
    }
    return render(request, "workspace/harvest/run.html", context)


@require_POST
def run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a run."""
    run = visible_run(request, pk)
    try:
        actions.stop_run(run, by=acting(request))
    except TransitionNotAllowed:
        messages.warning(request, _("It was over already."))
    else:
        messages.success(request, _("Stopped. What it has written stays."))
    return redirect("harvest-run", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def allowed_hosts(request: HttpRequest) -> HttpResponse:
    """Show which hosts may be asked, and allow another one."""
    insist(request, "harvest.allow_host", None)
    form = HostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.allow_host(said["name"], said["note"], by=acting(request))
        except ValidationError as problem:
            form.add_error("name", problem.messages)
        else:
            messages.success(request, _("Allowed."))
            return redirect("harvest-hosts")
    context = {"form": form, "hosts": hosts()}
    return render(request, "workspace/harvest/hosts.html", context, status=400 if form.errors else 200)


@require_POST
def host_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forbid a host."""
    insist(request, "harvest.allow_host", None)
    actions.disallow_host(get_object_or_404(Host, pk=pk), by=acting(request))
    messages.success(request, _("This host is not asked any more. What was taken over stays."))
    return redirect("harvest-hosts")


def visible(request: HttpRequest, pk: int) -> Origin:
    """Return an origin.

    :raises Http404: if there is none that this person may see.
    """
    origin = get_object_or_404(Origin, pk=pk)
    if not acting(request).has_perm("harvest.see_origin", origin):
        raise Http404
    return origin


def visible_run(request: HttpRequest, pk: int) -> Run:
    """Return a run.

    :raises Http404: if there is none that this person may see.
    """
    run = get_object_or_404(Run.objects.select_related("origin", "by"), pk=pk)
    if not acting(request).has_perm("harvest.see_origin", run.origin):
        raise Http404
    return run
