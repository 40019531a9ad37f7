from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.portal.forms.practices import PracticeFilter
from learningcity.portal.views.lists import page_of, wants_fragment
from learningcity.practices.models import Practice
from learningcity.practices.queries import figures_of_practice, points_told, practices_in_order, select_practices

PAGE_SIZE = 20


@login_not_required
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Show the good practices of all cities."""
    form = PracticeFilter(request.GET)
    found = practices_in_order(select_practices(form.selection()), get_language() or "th").select_related("city")
    context = {"form": form, "page": page_of(found, request, size=PAGE_SIZE)}
    return render(request, f"portal/practices.html{'#results' if wants_fragment(request) else ''}", context)


@login_not_required
@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one good practice in its eleven points."""
    shown = get_object_or_404(Practice.objects.select_related("city", "source"), slug=slug)
    points, figures = points_told(shown), [one.observations for one in figures_of_practice(shown)]
    contents = [("summary", _("In short")), *([("figures", _("Figures"))] if figures else [])]
    contents += [(f"point-{told.point}", f"{told.point}. {told.point.label}") for told in points if told.answers]
    context = {
        "practice": shown,
        "points": points,
        "told": sum(1 for point in points if point.answers),
        "figures": figures,
        "contents": contents,
        "today": timezone.localdate(),
    }
    return render(request, "portal/practice.html", context)
