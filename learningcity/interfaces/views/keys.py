"""Keys for programs: everybody makes and revokes their own; the secretariat sees and revokes all."""

from __future__ import annotations

from allauth.core.internal.ratelimit import decorator as rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learningcity.accounts.models import User
from learningcity.interfaces import actions
from learningcity.interfaces.forms.keys import KeyForm
from learningcity.interfaces.models import ApiKey
from learningcity.interfaces.queries.keys import WITH_KEY, WITHOUT_KEY, all_keys, keys_of

PER_PAGE = 50
limit_making = rate_limit(app="learningcity.interfaces", action="make_key", config={"make_key": "20/h/user"})


@require_http_methods(["GET", "HEAD", "POST"])
@limit_making
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """Show a person's keys, and make another; it is shown once, in the answer to the form."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    token = ""
    if request.method == "POST" and form.is_valid():
        try:
            _key, token = actions.make_key(form.cleaned_data["name"], by=acting(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            form = KeyForm()
    context = {
        "form": form,
        "token": token,
        "keys": keys_of(acting(request)),
        "with_key": WITH_KEY,
        "without_key": WITHOUT_KEY,
        "sees_all": acting(request).has_perm("interfaces.see_keys"),
    }
    return render(request, "interfaces/keys.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a key shall be worth nothing, and let it be."""
    key = get_object_or_404(ApiKey.objects.select_related("user"), pk=pk)
    if not acting(request).has_perm("interfaces.revoke_key", key):
        raise PermissionDenied
    is_own = key.user_id == acting(request).pk
    if request.method == "POST":
        actions.revoke_key(key, by=acting(request))
        messages.success(request, _("The key is revoked."))
        return redirect("api-keys" if is_own else "api-keys-all")
    return render(request, "interfaces/key_revoke.html", {"key": key, "is_own": is_own})


@require_safe
@permission_required("interfaces.see_keys", raise_exception=True)
def keys_all(request: HttpRequest) -> HttpResponse:
    """Show the secretariat all keys that may be used."""
    page = Paginator(all_keys(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "interfaces/keys_all.html", {"page": page})


def acting(request: HttpRequest) -> User:
    """Return who is signed in; whoever is not does not come so far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
