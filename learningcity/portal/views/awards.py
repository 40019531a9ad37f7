from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learningcity.awards.queries import editions_in_order
from learningcity.opendata.queries import observations_of_network, series


@login_not_required
@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """Show all editions of the award."""
    return render(request, "portal/awards.html", {"editions": editions_in_order()})


@login_not_required
@require_safe
def award(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one edition: its categories, and what is not known of it."""
    edition = get_object_or_404(editions_in_order().select_related("network", "source"), slug=slug)
    # What the report on the award counts.
    numbers = observations_of_network(edition.network).filter(source=edition.source).select_related("source")
    context = {
        "edition": edition,
        "figures": [one.observations for one in series(numbers)],
        "today": timezone.localdate(),
    }
    return render(request, "portal/award.html", context)
