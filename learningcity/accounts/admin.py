from __future__ import annotations

from django.contrib import admin

from learningcity.accounts.models import User
from learningcity.common.admin import Showcase


@admin.register(User)
class UserAdmin(Showcase):
    list_display = ("email", "name", "language", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("-joined_at",)
    fields = ("email", "name", "language", "is_staff", "is_active", "joined_at", "last_login", "erased_at")
