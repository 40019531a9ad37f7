"""The days by which members report, as the network set them."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningcity.cities.models import City
from learningcity.workspace import actions
from learningcity.workspace.forms.dates import ReportDateForm
from learningcity.workspace.models import ReportDate
from learningcity.workspace.queries.dues import cohorts_of
from learningcity.workspace.views.asking import acting


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("workspace.set_report_date", raise_exception=True)
def report_dates(request: HttpRequest) -> HttpResponse:
    """Show the days that are entered, and take in another one."""
    everywhere = dict.fromkeys(City.objects.values_list("pk", flat=True), "")
    cohorts = Counter(cohorts_of(everywhere, timezone.localdate()).values())
    form = ReportDateForm(request.POST if request.method == "POST" else None, cohorts=cohorts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_report_date(form.save(commit=False), by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Entered. The desks of these cities show it now."))
            return redirect("report-dates")
    context = {"form": form, "dates": ReportDate.objects.order_by("-due_on", "joined_on")}
    return render(request, "workspace/report_dates.html", context, status=400 if form.errors else 200)


@require_POST
def report_date_drop(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop_report_date(get_object_or_404(ReportDate, pk=pk), by=acting(request))
    messages.success(request, _("Taken back."))
    return redirect("report-dates")
