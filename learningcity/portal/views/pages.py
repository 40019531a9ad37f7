"""Words of the site about itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learningcity.cities.models import Network
from learningcity.cities.queries import member_count
from learningcity.sources.models import Source

# The report that names the six components of the platform.
COMPONENTS_SOURCE = "eef-awards-2025"


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this site is, what exists of it, and who stands behind the networks it shows."""
    today = timezone.localdate()
    networks = Network.objects.select_related("source").order_by("scope", "slug")
    context = {
        "networks": [(network, member_count(network, on=today)) for network in networks],
        "components_source": Source.objects.filter(slug=COMPONENTS_SOURCE).first(),
        "today": today,
    }
    return render(request, "portal/about.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")
