from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcity.accounts.models import User
from learningcity.cities import actions, queries
from learningcity.cities.models import Role
from learningcity.portal.forms.roles import EndForm, GrantForm

PER_PAGE = 50


@require_safe
@permission_required("cities.grant_role", raise_exception=True)
def roles(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.all_roles(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/roles.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("cities.grant_role", raise_exception=True)
def role_grant(request: HttpRequest) -> HttpResponse:
    form = GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(form.save(commit=False), by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
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
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("The role is ended."))
            return redirect("roles")
    return render(request, "portal/role_end.html", {"form": form, "role": role}, status=400 if form.errors else 200)


def acting(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- for the type checker; permission_required has seen to it
    return request.user
