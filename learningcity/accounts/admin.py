from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.functional import lazystr

from learningcity.accounts.models import User
from learningcity.common.admin import Showcase
from learningcity.common.text import LocalText

# One way in, with its rate limits and its second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = lazystr(LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))  # type: ignore[assignment]

# Secrets and sessions are nobody's business but their owner's; groups play no part here.
for hidden in (Authenticator, EmailAddress, UserSession, Group):
    if admin.site.is_registered(hidden):
        admin.site.unregister(hidden)


@admin.register(User)
class UserAdmin(Showcase):
    list_display = ("email", "name", "language", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("-joined_at",)

    def get_fields(self, request: Any, obj: Any = None) -> list[str]:
        return ["email", "name", "language", "is_staff", "is_active", "joined_at", "last_login", "erased_at"]
