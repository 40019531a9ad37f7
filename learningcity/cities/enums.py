from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Region(TextChoices):
    """The six geographic regions of Thailand."""

    NORTH = "north", _("North")
    NORTHEAST = "northeast", _("Northeast")
    CENTRAL = "central", _("Central")
    EAST = "east", _("East")
    WEST = "west", _("West")
    SOUTH = "south", _("South")


class CityKind(TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    PROVINCE = "province", _("province")
    SPECIAL = "special", _("special administration")
    # A source may name a city without saying whether it means the town or the province.
    UNSTATED = "unstated", _("not stated by the source")


class AuthorityKind(TextChoices):
    """The kinds of local authority in Thai law."""

    CITY_MUNICIPALITY = "city_municipality", _("city municipality (thesaban nakhon)")
    TOWN_MUNICIPALITY = "town_municipality", _("town municipality (thesaban mueang)")
    SUBDISTRICT_MUNICIPALITY = "subdistrict_municipality", _("subdistrict municipality (thesaban tambon)")
    SUBDISTRICT_ORGANIZATION = "subdistrict_organization", _("subdistrict administrative organization")
    PROVINCIAL_ORGANIZATION = "provincial_organization", _("provincial administrative organization")
    BANGKOK = "bangkok", _("Bangkok Metropolitan Administration")
    PATTAYA = "pattaya", _("City of Pattaya")
    # A province as such is a part of the state, not a local authority, yet UNESCO admits provinces.
    PROVINCE = "province", _("province (state administration)")


class Stage(TextChoices):
    """How far a city has come; computed from its memberships, never typed."""

    ASPIRING = "aspiring", _("aspiring")
    LOCAL_NETWORK = "local_network", _("in the national network")
    APPLICANT = "applicant", _("applicant to UNESCO GNLC")
    MEMBER = "member", _("member of UNESCO GNLC")


class NetworkScope(TextChoices):
    GLOBAL = "global", _("global")
    NATIONAL = "national", _("national")


class MembershipState(TextChoices):
    APPLIED = "applied", _("applied")
    ACTIVE = "active", _("member")
    INACTIVE = "inactive", _("inactive")
    LEFT = "left", _("left")


class Theme(TextChoices):
    """The three fixed headings of policies in a UNESCO GNLC city profile."""

    SUSTAINABILITY_HEALTH = "sustainability_health", _("Sustainability and health")
    EQUITY_INCLUSION = "equity_inclusion", _("Equity and inclusion")
    DECENT_WORK = "decent_work", _("Decent work and entrepreneurship")


class ComponentKind(TextChoices):
    """The five components of learning named by Chiang Mai in 2023."""

    PEOPLE = "people", _("People")
    PLACE = "place", _("Place")
    OBJECT = "object", _("Object")
    PROGRAM = "program", _("Program")
    ECOSYSTEM = "ecosystem", _("Ecosystem")


class OfficeKind(TextChoices):
    MAYOR = "mayor", _("mayor")
    FOCAL_POINT = "focal_point", _("focal point")
    GOVERNOR = "governor", _("governor")
    DEPUTY_GOVERNOR = "deputy_governor", _("deputy governor")
    OFFICIAL = "official", _("official")
    PROJECT_LEAD = "project_lead", _("project lead")


class RoleKind(TextChoices):
    SECRETARIAT = "secretariat", _("secretariat")
    EDITOR = "editor", _("city officer: editor")
    APPROVER = "approver", _("city officer: approver")


class AliasKind(TextChoices):
    ALIAS = "alias", _("other name")
    ROMANIZATION = "romanization", _("other spelling in Latin letters")
    ABBREVIATION = "abbreviation", _("abbreviation")
    MISNOMER = "misnomer", _("wrong name found in documents")
