from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.cities.models import City
from learningcity.plans.enums import PlanState
from learningcity.plans.models import Plan
from learningcity.plans.queries import GUIDES, LivingPlan, plans_in_order, plans_of_city, read_plan, shown_plan
from learningcity.portal.exports.plans import plan_as_pdf
from learningcity.portal.views.cities import of_city
from learningcity.portal.views.lists import page_of

PAGE_SIZE = 20


@login_not_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show the plans in force of all cities."""
    page = page_of(plans_in_order(get_language() or "th"), request, size=PAGE_SIZE)
    return render(request, "portal/plans.html", {"page": page, "guides": GUIDES})


@login_not_required
@require_safe
@of_city
def city_plan(request: HttpRequest, city: City) -> HttpResponse:
    """Show the plan of a city with how far it has come."""
    plan = shown_plan(city)
    if plan is None:
        return render(request, "portal/plan_missing.html", {"city": city, "guides": GUIDES})
    return _shown(request, city, plan)


@login_not_required
@require_safe
@of_city
def city_plan_older(request: HttpRequest, city: City, pk: int) -> HttpResponse:
    """Show an older plan of a city; the one in force has an address of its own."""
    plan = get_object_or_404(plans_of_city(city), pk=pk)
    if plan.state == PlanState.IN_FORCE:
        return redirect("city-plan", city.slug)
    return _shown(request, city, plan)


@login_not_required
@require_safe
@of_city
def city_plan_pdf(request: HttpRequest, city: City) -> HttpResponse:
    """Give the plan of a city on one page of paper."""
    plan = get_object_or_404(plans_of_city(city)[:1])
    today = timezone.localdate()
    document = plan_as_pdf(read_plan(plan, on=today), city, on=today)
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{city.slug}-{get_language()}.pdf"'
    return response


def _shown(request: HttpRequest, city: City, plan: Plan) -> HttpResponse:
    today = timezone.localdate()
    living = read_plan(plan, on=today)
    context = {
        "city": city,
        "plan": plan,
        "living": living,
        "older": plans_of_city(city).exclude(pk=plan.pk),
        "contents": _contents(living),
        "today": today,
    }
    return render(request, "portal/plan.html", context)


def _contents(living: LivingPlan) -> list[tuple[str, object]]:
    """Return the sections that hold anything: their anchors and headings."""
    contents: list[tuple[str, object]] = [(shown.field.value, shown.field.label) for shown in living.fields]
    contents += [("small-wins", _("Small wins"))] if living.wins else []
    return [*contents, ("sources", _("Sources")), ("cite", _("Cite this page"))]
