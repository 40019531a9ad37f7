from __future__ import annotations

from allauth.core.internal.ratelimit import decorator as rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcity.accounts.models import User
from learningcity.notices import actions, queries
from learningcity.notices.forms import ChoiceForm, UntilForm

PER_PAGE = 25


def signed_in(request: HttpRequest) -> User:
    """Return who asks.

    :raises PermissionDenied: if nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    show = "unread" if request.GET.get("show") == "unread" else "all"
    rows = queries.unread_notices_of(user) if show == "unread" else queries.notices_of(user)
    older_than = request.GET.get("before", "")
    # Eighteen digits fit into the column, whatever they are.
    if older_than.isascii() and older_than.isdigit() and len(older_than) <= 18:
        rows = rows.filter(pk__lt=int(older_than))
    lot = queries.newest(rows.select_related("by"), user, PER_PAGE)
    return render(
        request,
        "notices/notices.html",
        {
            "lines": [queries.line(notice) for notice in lot.notices],
            "before": lot.before,
            "show": show,
            "is_first_page": not older_than,
            "any_unread": any(notice.read_at is None for notice in lot.notices),
            "now": timezone.now(),
        },
    )


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    notice = get_object_or_404(queries.notices_of(user).select_related("recipient", "by"), pk=pk)
    actions.read_notice(notice, by=user)
    if "open" in request.POST and (found := queries.visible([notice], user)):
        return redirect(queries.line(found[0]).address)
    return redirect("notices")


@require_POST
def notices_read_all(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = UntilForm(request.POST)
    if form.is_valid():
        actions.read_all(user, form.cleaned_data["until"], by=user)
        messages.success(request, _("Everything is marked as read."))
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
# Each choice is written down, and makes all processes make their pages anew.
@rate_limit(app="learningcity.notices", action="choose", config={"choose": "20/h/user"})
def notices_settings(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial={"how": queries.choice_of(user)})
    if request.method == "POST" and form.is_valid():
        actions.choose(user, form.cleaned_data["how"], by=user)
        messages.success(request, _("Saved."))
        return redirect("notices-settings")
    return render(request, "notices/settings.html", {"form": form}, status=400 if form.errors else 200)


@login_not_required
# Mail programs bring neither a session nor a token against forgery; what proves the right to do this stands in the address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mail to one person by POST (RFC 8058); GET only shows the button, as scanners of mail follow every link."""
    is_done, status = False, 200
    try:
        if request.method == "POST":
            actions.unsubscribe(token)
            is_done = True
        else:
            queries.owner_of(token)
    except queries.TokenRefused:
        status = 404
    response = render(
        request, "notices/unsubscribe.html", {"is_done": is_done, "is_refused": status == 404}, status=status
    )
    # What stands behind an address that holds a secret is kept by no cache.
    response["Cache-Control"] = "private, no-store"
    return response
