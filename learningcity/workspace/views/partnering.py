"""What a city does about its partners: who acts for them, the papers of agreements, and what waits for the city's yes."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.ratelimit import decorator as rate_limit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.cities.models import City
from learningcity.moderation.registry import authority
from learningcity.partners import actions
from learningcity.partners.models import Agreement, AgreementFile, Clerk, Contact, Organization
from learningcity.partners.queries import organizations_in_order, organizations_of_city
from learningcity.workspace.forms.partners import CallOffForm, ContactForm, FileForm, InviteForm
from learningcity.workspace.queries.partners import open_promises_of
from learningcity.workspace.views.asking import acting

PER_PAGE = 50


def own_city(request: HttpRequest, place: str) -> City:
    """Return the city at this address.

    :raises Http404: if there is none.
    :raises PermissionDenied: if this person does not act for it.
    """
    city = get_object_or_404(City, slug=place)
    if not authority().may_edit(acting(request), city.slug):
        raise PermissionDenied
    return city


@require_safe
def city_partners(request: HttpRequest, place: str) -> HttpResponse:
    """Show an officer the partners of the city and what waits for its yes."""
    city = own_city(request, place)
    organizations = organizations_in_order(organizations_of_city(city).select_related("home"), get_language() or "th")
    context = {
        "city": city,
        "page": Paginator(organizations, PER_PAGE).get_page(request.GET.get("page")),
        "agreements": Agreement.objects.filter(city=city).order_by("-signed_on", "pk"),
        "promises": open_promises_of(city),
    }
    return render(request, "workspace/partner/city.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
# Each invitation is a letter to somebody who did not ask for it.
@rate_limit(app="learningcity.workspace", action="invite", config={"invite": "60/h/user"})
def organization_clerks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who acts for an organization and whom the city calls there; invite somebody.

    :raises PermissionDenied: if this person does not keep its entry.
    """
    organization = get_object_or_404(Organization.objects.select_related("home"), pk=pk)
    if not acting(request).has_perm("partners.invite_clerk", organization):
        raise PermissionDenied
    contact = Contact.objects.filter(organization=organization).first() or Contact(organization=organization)
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    invite = InviteForm(request.POST if sent == "invite" else None)
    call = ContactForm(request.POST if sent == "contact" else None, instance=contact)
    try:
        if sent == "invite" and invite.is_valid():
            actions.invite_clerk(organization, invite.cleaned_data["email"], by=acting(request))
            messages.success(request, _("The letter is on its way."))
            return redirect("organization-clerks", pk)
        if sent == "contact" and call.is_valid():
            actions.change_contact(call.instance, by=acting(request))
            messages.success(request, _("It is written down, for your colleagues only."))
            return redirect("organization-clerks", pk)
    except ValidationError as problem:
        (invite if sent == "invite" else call).add_error(None, ValidationError(problem.messages))
    context = {
        "organization": organization,
        "clerks": Clerk.objects.filter(organization=organization).select_related("user").order_by("-starts_on", "-pk"),
        "invitations": organization.invitations.filter(used_at__isnull=True).order_by("expires_at"),
        "invite": invite,
        "contact": call,
        "today": timezone.localdate(),
    }
    status = 400 if invite.errors or call.errors else 200
    return render(request, "workspace/partner/clerks.html", context, status=status)


@require_POST
def clerk_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End that somebody acts for an organization."""
    clerk = get_object_or_404(Clerk.objects.select_related("organization"), pk=pk)
    try:
        actions.end_clerk(clerk, by=acting(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("From today on this person acts for the organization no more."))
    if clerk.user_id == acting(request).pk:
        return redirect("account")
    return redirect("organization-clerks", clerk.organization_id)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the documents of an agreement, take in a new one, or note that it was called off.

    :raises PermissionDenied: if this person does not edit for its city.
    """
    agreement = get_object_or_404(Agreement.objects.select_related("city"), pk=pk)
    if not acting(request).has_perm("partners.attach_file", agreement):
        raise PermissionDenied
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    paper = FileForm(request.POST, request.FILES) if sent == "file" else FileForm()
    end = CallOffForm(request.POST if sent == "end" else None)
    try:
        if sent == "file" and paper.is_valid():
            actions.attach_file(agreement, paper.cleaned_data["file"], by=acting(request))
            messages.success(request, _("The document is kept. Only those who take part can read it."))
            return redirect("agreement-papers", pk)
        if sent == "end" and end.is_valid():
            actions.call_off(agreement, end.cleaned_data["on"], by=acting(request))
            messages.success(request, _("It is written down that the agreement was called off."))
            return redirect("agreement-papers", pk)
    except ValidationError as problem:
        (paper if sent == "file" else end).add_error(None, ValidationError(problem.messages))
    may: dict[str, Any] = {"decide": acting(request).has_perm("partners.call_off", agreement)}
    files = agreement.files.order_by("added_at", "pk")
    context = {"agreement": agreement, "files": files, "paper": paper, "end": end, "may": may}
    status = 400 if paper.errors or end.errors else 200
    return render(request, "workspace/partner/papers.html", context, status=status)


@require_POST
def paper_show(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Publish a document of an agreement, or hide it again.

    :raises Http404: if there is no such thing to do.
    """
    file = get_object_or_404(AgreementFile, pk=pk)
    verbs = {"publish": actions.publish_file, "hide": actions.hide_file}
    if verb not in verbs:
        raise Http404(verb)
    try:
        verbs[verb](file, by=acting(request))
    except TransitionNotAllowed:
        messages.error(request, _("Somebody did this meanwhile."))
    return redirect("agreement-papers", file.agreement_id)
