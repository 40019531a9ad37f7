from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from learningcity.common.admin import Showcase
from learningcity.notices.models import Letter


@admin.register(Letter)
class LetterAdmin(Showcase):
    """What became of mail; what it says is for nobody but the person it goes to."""

    list_display = ("created_at", "to", "owner", "kind", "state", "tries", "settled_at")
    list_filter = ("state", "kind")
    search_fields = ("to",)
    list_select_related = ("owner",)
    ordering = ("-pk",)
    fields = ("created_at", "to", "owner", "kind", "state", "tries", "settled_at")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Refuse to narrow the list by what a letter says: it may hold the way into somebody's account."""
        column = lookup.partition("__")[0]
        return column in {"state", "kind"} and super().lookup_allowed(lookup, value, request)
