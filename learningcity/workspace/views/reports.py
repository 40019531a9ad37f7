"""Errors that visitors report on any page, and the answers they get."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.moderation import actions
from learningcity.moderation.models import Report
from learningcity.moderation.queries import open_reports
from learningcity.workspace.forms.moderating import AnswerForm
from learningcity.workspace.forms.reporting import ReportForm
from learningcity.workspace.queries.pages import page_in, place_of
from learningcity.workspace.queries.places import names_of
from learningcity.workspace.views.asking import acting

PER_PAGE = 25


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take in what a visitor found wrong, without an account."""
    page = page_in(request.POST.get("page") or request.GET.get("page", ""))
    if request.method != "POST":
        return render(request, "workspace/report.html", {"form": ReportForm(initial={"page": page}), "page": page})
    typed = request.POST.copy()
    typed["page"] = page
    form = ReportForm(typed)
    if form.is_from_a_program:
        return render(request, "workspace/report_thanks.html", {"page": page})
    if form.is_valid():
        if not ratelimit.consume(request, action="report_error"):
            form.add_error(
                None,
                _(
                    "Many reports came from your address within an hour. What you wrote stands below: please send it later."
                ),
            )
            return render(request, "workspace/report.html", {"form": form, "page": page}, status=429)
        said = form.save(commit=False)
        said.place, said.language = place_of(page), get_language() or "th"
        actions.report_error(said)
        return render(request, "workspace/report_thanks.html", {"page": page})
    return render(request, "workspace/report.html", {"form": form, "page": page}, status=400)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show what visitors reported and nobody answered yet, oldest first."""
    page = Paginator(open_reports(acting(request)), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of({each.place for each in page})
    rows = [{"report": each, "place": names[each.place]} for each in page]
    return render(request, "workspace/reports.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report, and let somebody of its place answer it."""
    found = get_object_or_404(Report.objects.select_related("answered_by"), pk=pk)
    if not acting(request).has_perm("moderation.answer_report", found):
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_report(found, form.cleaned_data["answer"], by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        except TransitionNotAllowed:
            messages.error(request, _("Somebody answered it meanwhile."))
            return redirect("workspace-report", pk)
        else:
            messages.success(request, _("Answered."))
            return redirect("workspace-reports")
    place = names_of({found.place})[found.place]
    context = {"report": found, "form": form, "place": place}
    return render(request, "workspace/report_answer.html", context, status=400 if form.errors else 200)
