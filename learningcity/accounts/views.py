from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.core.internal.ratelimit import decorator as rate_limit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.accounts import actions, queries, registry
from learningcity.accounts.exports import as_json, data_about
from learningcity.accounts.forms import ErasureForm, ProfileForm
from learningcity.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return who asks.

    :raises PermissionDenied: if nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
# Each change makes all processes make their pages anew.
@rate_limit(app="learningcity.accounts", action="profile", config={"profile": "20/h/user"})
def account(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    # The form writes into its own copy, so that the page never shows a name that was refused.
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user, **form.cleaned_data, by=user)
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(
        request,
        "accounts/account.html",
        {
            "form": form,
            "doors": [door for doors in registry.doors for door in doors(user)],
            "holdings": [holding for holdings in registry.holdings for holding in holdings(user)],
            "has_second_factor": queries.has_second_factor(user),
            "session_count": UserSession.objects.filter(user=user).count(),
        },
        status=400 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
@rate_limit(app="learningcity.accounts", action="download", config={"download": "5/h/user"})
def account_data(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if request.method != "POST":
        return render(request, "accounts/account_data.html", {"found": data_about(user)})
    actions.note_download(user, by=user)
    name = f"my-data-{timezone.localdate():%Y-%m-%d}.json"
    return HttpResponse(
        as_json(data_about(user)),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def account_erase(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.erase_account(user, by=user)
        logout(request)
        return redirect("account_erased")
    return render(request, "accounts/account_erase.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def account_session_end(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(UserSession, pk=pk, user=signed_in(request)).end()
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@login_not_required
@require_safe
def account_erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account_erased.html")
