from django.contrib import admin

from learningcity.audit.models import Entry
from learningcity.common.admin import Showcase


@admin.register(Entry)
class EntryAdmin(Showcase):
    list_display = ("at", "action", "record", "before", "after", "actor")
    list_filter = ("action",)
    search_fields = ("record",)
    list_select_related = ("actor",)
    ordering = ("-pk",)
    date_hierarchy = "at"
