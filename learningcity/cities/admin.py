from django.contrib import admin

from learningcity.cities.models import City, Membership, Network, Office, Person, Profile, Province, Role
from learningcity.common.admin import Showcase


@admin.register(City)
class CityAdmin(Showcase):
    list_display = ("name_th", "name_en", "kind", "province")
    list_filter = ("kind", "province__region")
    search_fields = ("name_th", "name_en", "slug", "aliases__name")
    list_select_related = ("province",)
    ordering = ("sort_th",)


@admin.register(Province)
class ProvinceAdmin(Showcase):
    list_display = ("code", "name_th", "name_en", "region")
    list_filter = ("region",)
    search_fields = ("name_th", "name_en")
    ordering = ("sort_th",)


@admin.register(Network)
class NetworkAdmin(Showcase):
    list_display = ("name_th", "name_en", "scope")
    ordering = ("pk",)


@admin.register(Membership)
class MembershipAdmin(Showcase):
    list_display = ("city", "network")
    list_filter = ("network",)
    list_select_related = ("city", "network")
    ordering = ("city__sort_th",)


@admin.register(Profile)
class ProfileAdmin(Showcase):
    list_display = ("city", "as_of", "original")
    list_select_related = ("city",)
    ordering = ("city__sort_th", "-as_of")


@admin.register(Person)
class PersonAdmin(Showcase):
    list_display = ("name_th", "name_en")
    search_fields = ("name_th", "name_en", "slug")
    ordering = ("pk",)


@admin.register(Office)
class OfficeAdmin(Showcase):
    list_display = ("person", "kind", "city", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("person", "city")
    ordering = ("pk",)


@admin.register(Role)
class RoleAdmin(Showcase):
    list_display = ("user", "kind", "city", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("user", "city")
    ordering = ("-starts_on", "-pk")
