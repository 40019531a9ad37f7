"""The administration is for looking: what changes facts goes through actions, which write down who did it."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import lazystr

from learningcity.common.text import LocalText


class Showcase(admin.ModelAdmin):
    """Rows that staff may look at and nobody may touch."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and getattr(request.user, "is_staff", False)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Refuse to narrow a list by a column that nobody may see: letter by letter, the answers would tell it."""
        return lookup.partition("__")[0] != "password" and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest, *more: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Site(admin.AdminSite):
    """Shows only what was made to be looked at; what other packages would bring along stays out, secrets among it."""

    site_header = site_title = lazystr(LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if admin_class and issubclass(admin_class, Showcase):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send whoever is not signed in to the one sign-in page, with its limits and its second factor."""
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")
