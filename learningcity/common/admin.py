"""The administration is for looking: what changes facts goes through actions, which write down who did it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class Showcase(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that staff may look at and nobody may touch."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and getattr(request.user, "is_staff", False)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, *more: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
