from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learningcity.partners.enums import Outcome, Sector, Standing, Visibility
from learningcity.partners.models import Agreement, AgreementFile, Organization
from learningcity.partners.queries import (
    agreements_in_order,
    commitments_in_order,
    organizations_in_order,
    organizations_per_sector,
    outcomes,
    outcomes_by_city,
    select_agreements,
    select_commitments,
    select_organizations,
)
from learningcity.portal.exports.jsonld_partners import agreement_as_json_ld, organization_as_json_ld
from learningcity.portal.forms.partners import AgreementFilter, CommitmentFilter, OrganizationFilter
from learningcity.portal.queries.partners import agreement_lines, promises_of, read_agreement, read_organization
from learningcity.portal.views.lists import page_of, wants_fragment

PAGE_SIZE = 40
# A promise takes more room.
PROMISES_ON_A_PAGE = 20


@login_not_required
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show all organizations that work with cities, or those that a reader chooses."""
    form = OrganizationFilter(request.GET)
    found = select_organizations(form.selection())
    numbers = organizations_per_sector(found)
    page = page_of(
        organizations_in_order(found, get_language() or "th").select_related("home"), request, size=PAGE_SIZE
    )
    context = {
        "form": form,
        "page": page,
        "sectors": [(sector, numbers[sector]) for sector in Sector if sector in numbers],
    }
    return render(request, f"portal/partners.html{'#results' if wants_fragment(request) else ''}", context)


@login_not_required
@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organization: where it works, what it agreed on, what it promised."""
    today = timezone.localdate()
    try:
        page = read_organization(slug, on=today)
    except Organization.DoesNotExist:
        raise Http404 from None
    context = {"page": page, "json_ld": organization_as_json_ld(page.organization), "today": today}
    return render(request, "portal/organization.html", context)


@login_not_required
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Show all agreements, or those that a reader chooses."""
    form = AgreementFilter(request.GET)
    found = select_agreements(form.selection(), on=timezone.localdate()).select_related("city")
    page = page_of(agreements_in_order(found, get_language() or "th"), request, size=PAGE_SIZE)
    context = {"form": form, "page": page, "lines": agreement_lines(page)}
    return render(request, f"portal/agreements.html{'#results' if wants_fragment(request) else ''}", context)


@login_not_required
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one agreement: who, what for, what was announced and entered, what was promised."""
    today = timezone.localdate()
    try:
        page = read_agreement(slug, on=today)
    except Agreement.DoesNotExist:
        raise Http404 from None
    context = {"page": page, "json_ld": agreement_as_json_ld(page), "today": today, "drafted": Standing.DRAFTED}
    return render(request, "portal/agreement.html", context)


@login_not_required
@require_safe
def agreement_file(request: HttpRequest, slug: str, sha256: str) -> FileResponse:
    """Hand out a public document of an agreement, byte for byte, to be kept and not to be run."""
    public = AgreementFile.objects.filter(visibility=Visibility.PUBLIC, agreement__slug=slug)
    file = get_object_or_404(public, sha256=sha256)
    answer = FileResponse(file.file.open(), as_attachment=True, filename=f"{slug}.pdf", content_type=file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_not_required
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Show what was promised to cities, and what became of it."""
    today = timezone.localdate()
    form = CommitmentFilter(request.GET)
    found = select_commitments(form.selection(), on=today)
    numbers = outcomes(found)
    listed = commitments_in_order(found.select_related("organization", "city", "agreement"))
    page = page_of(listed, request, size=PROMISES_ON_A_PAGE)
    context = {
        "form": form,
        "page": page,
        "promises": promises_of(page.object_list),  # type: ignore[arg-type]
        "outcomes": [(outcome, numbers[outcome]) for outcome in Outcome if outcome in numbers],
        "by_city": [
            (city, [(outcome, counted[outcome]) for outcome in Outcome if outcome in counted])
            for city, counted in outcomes_by_city(on=today)
        ],
    }
    return render(request, f"portal/promises.html{'#results' if wants_fragment(request) else ''}", context)
