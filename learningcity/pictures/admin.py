from django.contrib import admin

from learningcity.common.admin import Showcase
from learningcity.pictures.models import Picture


@admin.register(Picture)
class PictureAdmin(Showcase):
    list_display = ("pk", "place", "state", "license", "consent", "uploaded_at", "published_at")
    list_filter = ("state", "license", "consent")
    search_fields = ("place", "alt_th", "alt_en", "author")
    ordering = ("-pk",)
    # The file is for those who look after it, and so is where the consent lies.
    exclude = ("original", "consent_keeper")
