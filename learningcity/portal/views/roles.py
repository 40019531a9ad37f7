from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.core.internal.ratelimit import decorator as rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcity.accounts.actions import invite_person
from learningcity.accounts.models import User
from learningcity.cities import actions, queries
from learningcity.cities.models import Role
from learningcity.portal.forms.roles import DeputyForm, EndForm, GrantForm, HandOverForm, InviteForm

PER_PAGE = 50
# Whoever names a colleague is told if the address is wrong; nobody may try out addresses so.
limit_naming = rate_limit(app="learningcity.portal", action="name_account", config={"name_account": "20/h/user"})


@require_safe
@permission_required("cities.grant_role", raise_exception=True)
def roles(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.all_roles(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/roles.html", {"page": page, "today": timezone.localdate()})


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Show what one holds oneself, and who else works for the same cities."""
    user = acting(request)
    context = {"own": queries.own_roles_of(user), "team": queries.team_of(user), "today": timezone.localdate()}
    return render(request, "portal/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cities.grant_role", raise_exception=True)
def role_grant(request: HttpRequest) -> HttpResponse:
    invited = {"email": request.GET.get("email", "")[:254]}
    form = GrantForm(request.POST if request.method == "POST" else None, initial=invited)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(form.save(commit=False), by=acting(request))
        except ValidationError as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The role is granted."))
            return redirect("roles")
    return render(request, "portal/role_grant.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cities.end_role", raise_exception=True)
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.select_related("user", "city"), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(role, form.cleaned_data["on"], by=acting(request))
        except ValidationError as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The role is ended."))
            return redirect("roles")
    return render(request, "portal/role_end.html", {"form": form, "role": role}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_naming
def role_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the holder of a role, or the secretariat, name somebody who stands in."""
    role = role_to_share(request, pk, "cities.name_deputy")
    form = DeputyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.name_deputy(role, said["email"], said["starts_on"], said["ends_on"], by=acting(request))
        except ValidationError as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The deputy is named, and is told so."))
            return redirect(way_back(request, role))
    return show_step(request, "portal/role_deputy.html", form, role)


@require_http_methods(["GET", "HEAD", "POST"])
@limit_naming
def role_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the holder of a role, or the secretariat, give it on with everything that is in hand."""
    role = role_to_share(request, pk, "cities.hand_over_role")
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over_role(role, form.cleaned_data["email"], form.cleaned_data["on"], by=acting(request))
        except ValidationError as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The role is handed over, and the new holder is told so."))
            return redirect(way_back(request, role))
    return show_step(request, "portal/role_hand_over.html", form, role)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.open_account", raise_exception=True)
def person_invite(request: HttpRequest) -> HttpResponse:
    """Let the secretariat open an account; its owner gets the way in by mail, and then a role is granted."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = invite_person(form.save(commit=False), by=acting(request))
        except ValidationError as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("The account is open, and the way in is on its way by mail. Now grant a role."))
            return redirect(f"{reverse('role-grant')}?{urlencode({'email': user.email})}")
    return render(request, "portal/person_invite.html", {"form": form}, status=400 if form.errors else 200)


def role_to_share(request: HttpRequest, pk: int, permission: str) -> Role:
    """Return a role that this person may share or give on.

    :raises PermissionDenied: if it is neither theirs, nor are they of the secretariat.
    """
    role = get_object_or_404(Role.objects.select_related("user", "city"), pk=pk)
    if not request.user.has_perm(permission, role):
        raise PermissionDenied
    return role


def show_step(request: HttpRequest, template: str, form: BaseForm, role: Role) -> HttpResponse:
    context = {"form": form, "role": role, "back": way_back(request, role)}
    return render(request, template, context, status=400 if form.errors else 200)


def way_back(request: HttpRequest, role: Role) -> str:
    """Return where somebody came from who changes a role: their team, or the list of all roles."""
    return reverse("team" if role.user_id == acting(request).pk else "roles")


def refuse(form: BaseForm, problem: ValidationError) -> None:
    """Show what an action refuses at the field that it names, or else above the form."""
    said: dict[str, Any] = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem}
    for name, problems in said.items():
        form.add_error(name if name in form.fields else None, problems)


def acting(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- for the type checker; who is not signed in does not come here
    return request.user
