"""Places and resources to learn."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learningcity.library.enums import LifeStage
from learningcity.library.models import LearningPlace
from learningcity.library.queries import find, found_in, resources
from learningcity.portal.exports.jsonld_library import place_as_json_ld, resource_as_json_ld
from learningcity.portal.forms.library import LibraryFilter
from learningcity.portal.queries.library_words import place_facts, resource_facts, terms_of
from learningcity.portal.views.lists import page_of, wants_fragment

PAGE_SIZE = 20
STAGES = [stage for stage in LifeStage if stage != LifeStage.ALL]


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show all places and resources to learn, or those that a reader chooses; the life stage first."""
    form = LibraryFilter(request.GET)
    chosen = form.selection()
    page = page_of(find(chosen, get_language() or "th"), request, size=PAGE_SIZE)
    context = {
        "form": form,
        "page": page,
        "found": found_in(page.object_list),
        "stages": STAGES,
        "stage": chosen.stage,
    }
    return render(request, f"portal/library/library.html{'#results' if wants_fragment(request) else ''}", context)


@login_not_required
@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one resource: what it is, whom it suits, where it is and what may be done with it."""
    shown = get_object_or_404(resources().select_related("city", "source"), slug=slug)
    kept_in = shown.kept_in  # type: ignore[attr-defined]
    context = {
        "resource": shown,
        "kept_in": kept_in,
        "facts": resource_facts(shown),
        "terms": terms_of(shown),
        "json_ld": resource_as_json_ld(shown, kept_in),
        "today": timezone.localdate(),
    }
    return render(request, "portal/library/resource.html", context)


@login_not_required
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place: what there is to learn, whom it suits and how to get there."""
    shown = get_object_or_404(LearningPlace.objects.select_related("city", "source"), slug=slug)
    context = {
        "place": shown,
        "facts": place_facts(shown),
        "json_ld": place_as_json_ld(shown),
        "today": timezone.localdate(),
    }
    return render(request, "portal/library/place.html", context)
