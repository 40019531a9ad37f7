"""The partner's own pages: its agreements, its promises, and the letter that lets its clerk in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.accounts.models import User
from learningcity.accounts.queries import account_with_address, password_link
from learningcity.audit.actions import TransitionNotAllowed
from learningcity.partners import actions
from learningcity.partners.models import AgreementFile, Commitment, Evidence, Invitation
from learningcity.partners.queries import InvitationRefused, find_invitation, organizations_of, side_of
from learningcity.workspace.forms.partners import AcceptForm, EvidenceForm, KeptForm
from learningcity.workspace.queries.partners import desk_of_partner
from learningcity.workspace.views.asking import acting

REFUSED = {"unknown": 404, "used": 410, "expired": 410}


@require_safe
def partner(request: HttpRequest) -> HttpResponse:
    """Show the clerk of a partner what concerns it.

    :raises Http404: if this person acts for no organization.
    """
    user = acting(request)
    if not organizations_of(user).exists():
        raise Http404
    return render(request, "workspace/partner/desk.html", {"desk": desk_of_partner(user, get_language() or "th")})


@require_safe
def partner_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a promise to those who stand on one of its sides, and what they can do about it."""
    return show(request, promise(request, pk))


@require_POST
def partner_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to a promise for one's side."""
    found = promise(request, pk)
    try:
        actions.confirm_commitment(found, by=acting(request))
    except TransitionNotAllowed:
        messages.error(request, _("It waits for nobody’s yes any more."))
    else:
        messages.success(request, _("Your side has said yes."))
    return redirect("partner-commitment", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_settle(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say what became of a promise, and what shows it.

    :raises Http404: if there is no such thing to say.
    """
    found = promise(request, pk)
    if verb not in ("kept", "broken", "withdrawn"):
        raise Http404(verb)
    kind = KeptForm if verb == "kept" else EvidenceForm
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = kind(data, files, instance=Evidence())
    if request.method == "POST" and form.is_valid():
        try:
            settle(found, verb, form, by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        except TransitionNotAllowed:
            messages.error(request, _("Somebody said meanwhile what became of it."))
            return redirect("partner-commitment", pk)
        else:
            messages.success(request, _("It is written down. The other side is told."))
            return redirect("partner-commitment", pk)
    context = {"commitment": found, "form": form, "verb": verb}
    return render(request, "workspace/partner/settle.html", context, status=400 if form.errors else 200)


def settle(commitment: Commitment, verb: str, form: Any, *, by: User) -> None:
    """Do what the form says."""
    evidence = form.save(commit=False)
    if verb == "kept":
        actions.report_kept(commitment, form.cleaned_data["on"], evidence, by=by)
    elif verb == "broken":
        actions.mark_broken(commitment, evidence, by=by)
    else:
        actions.withdraw_commitment(commitment, evidence, by=by)


@require_POST
def evidence_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what the other side showed is true."""
    found = get_object_or_404(Evidence.objects.select_related("commitment__city", "commitment__organization"), pk=pk)
    promise(request, found.commitment_id)
    try:
        actions.check_evidence(found, by=acting(request))
    except TransitionNotAllowed:
        messages.error(request, _("It was checked already."))
    else:
        messages.success(request, _("Everybody can read it now."))
    return redirect("partner-commitment", found.commitment_id)


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a document that shows something to the two sides of its promise.

    :raises Http404: to everybody else.
    """
    found = get_object_or_404(Evidence.objects.exclude(file=""), pk=pk)
    promise(request, found.commitment_id)
    return attachment(found.file, "evidence.pdf")


@require_safe
def partner_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a document of an agreement to those who take part in it.

    :raises Http404: to everybody else.
    """
    file = get_object_or_404(AgreementFile.objects.select_related("agreement__city"), pk=pk)
    if not acting(request).has_perm("partners.read_file", file):
        raise Http404
    return attachment(file.file, "agreement.pdf")


def attachment(file: FieldFile, name: str) -> FileResponse:
    """Hand out a PDF document to be kept, and never to be run."""
    answer = FileResponse(file.open(), as_attachment=True, filename=name, content_type=actions.MEDIA_TYPE)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let the one to whom a letter was sent begin to act for an organization; looking at it uses nothing up."""
    try:
        found = find_invitation(token)
    except InvitationRefused as refusal:
        why = str(refusal)
        return render(request, "workspace/partner/invitation_refused.html", {"why": why}, status=REFUSED[why])
    owner = account_with_address(found.email)
    user = request.user if isinstance(request.user, User) else None
    if user != owner:
        context = {"invitation": found, "is_signed_in": user is not None, "next": request.path}
        return render(request, "workspace/partner/invitation_sign_in.html", context)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (owner or form.is_valid()):
        return accept(request, found, token, "" if owner else form.cleaned_data["name"])
    context = {"invitation": found, "form": form, "is_known": owner is not None}
    return render(request, "workspace/partner/invitation.html", context, status=400 if form.errors else 200)


def accept(request: HttpRequest, found: Invitation, token: str, name: str) -> HttpResponse:
    """Make the clerk, and lead a new one to where a password is chosen."""
    user = request.user if isinstance(request.user, User) else None
    try:
        clerk = actions.accept_invitation(token, name, get_language() or "th", by=user)
    except InvitationRefused as refusal:
        why = str(refusal)
        return render(request, "workspace/partner/invitation_refused.html", {"why": why}, status=REFUSED[why])
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("partner" if user else "home")
    if user:
        messages.success(request, _("You act for %(organization)s now.") % {"organization": found.organization})
        return redirect("partner")
    return redirect(password_link(clerk.user))


def promise(request: HttpRequest, pk: int) -> Commitment:
    """Return the promise.

    :raises Http404: if there is none on a side of which this person stands.
    """
    found = get_object_or_404(Commitment.objects.select_related("organization", "city", "agreement"), pk=pk)
    if side_of(acting(request), found) is None:
        raise Http404
    return found


def show(request: HttpRequest, found: Commitment) -> HttpResponse:
    user = acting(request)
    side = side_of(user, found)
    if side is None:
        raise PermissionDenied
    confirmed = found.confirmed_by_partner_at if side == "partner" else found.confirmed_by_city_at
    evidence = [(one, user.has_perm("partners.check_evidence", one)) for one in found.evidence.order_by("at", "pk")]
    may = {
        "confirm": found.state == "proposed" and not confirmed and user.has_perm("partners.confirm_commitment", found),
        "kept": found.state in ("confirmed", "broken") and user.has_perm("partners.report_kept", found),
        "broken": found.state == "confirmed" and user.has_perm("partners.mark_broken", found),
        "withdraw": found.state in ("proposed", "confirmed") and user.has_perm("partners.withdraw_commitment", found),
    }
    context = {"commitment": found, "side": side, "evidence": evidence, "may": may}
    return render(request, "workspace/partner/commitment.html", context)
