import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learningcity.cities.enums import OfficeKind, RoleKind
from learningcity.cities.models.places import City
from learningcity.common.fields import in_order, precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual

# Who is away for longer hands the role over.
LONGEST_DEPUTY = dt.timedelta(days=90)


class Person(models.Model):
    """Somebody who holds or held a public office, named as the sources name them."""

    slug = models.SlugField(_("key"), max_length=80, unique=True)
    # "นาย", "Mr", "รศ.ดร.": kept apart, because Thai names sort by the given name.
    title_th = models.CharField(_("title in Thai"), max_length=60, blank=True)
    title_en = models.CharField(_("title in English"), max_length=60, blank=True)
    name_th = models.CharField(_("name in Thai"), max_length=150, blank=True)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    # Sources romanize the same name differently; search finds all.
    other_names = ArrayField(
        models.CharField(max_length=150), verbose_name=_("other spellings"), default=list, blank=True
    )

    title = Bilingual()
    name = Bilingual()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=~Q(name_th="") | ~Q(name_en=""), name="cities_person_has_a_name")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Office(models.Model):
    """A person's office in a city, for a time, as a source says. The source's own day is always known."""

    city = models.ForeignKey(City, models.CASCADE, related_name="offices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind)
    title_th = models.CharField(_("office in Thai"), max_length=250, blank=True)
    title_en = models.CharField(_("office in English"), max_length=250, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("to"), null=True, blank=True)
    ends_precision = precision_field()
    # Many sources say who holds an office without saying since when.
    as_of = models.DateField(_("in office on"))
    as_of_precision = precision_field()
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    title = Bilingual()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "person", "kind", "source"], name="cities_one_office_per_person_kind_and_source"
            ),
            in_order("starts_on", "ends_on", "cities_office_ends_after_it_starts"),
            unknown_parts_are_one("as_of", "as_of_precision", "cities_vague_office_days_are_stored_alike"),
            unknown_parts_are_one("starts_on", "starts_precision", "cities_vague_office_starts_are_stored_alike"),
            unknown_parts_are_one("ends_on", "ends_precision", "cities_vague_office_ends_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.city}"


class Role(models.Model):
    """What an account may do for a city, or for the whole network, from a day to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("account"), related_name="+")
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind)
    city = models.ForeignKey(City, models.CASCADE, null=True, blank=True, verbose_name=_("city"), related_name="roles")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    # A deputy acts in the same role for the same city for a while; when the role ends, so does the deputy's.
    deputy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("deputy of"),
        related_name="deputies",
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RoleKind.SECRETARIAT, city__isnull=True)
                | (~Q(kind=RoleKind.SECRETARIAT) & Q(city__isnull=False)),
                name="cities_officers_have_a_city_and_the_secretariat_has_none",
                violation_error_message=_("An officer needs a city; the secretariat has none."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="cities_role_ends_after_it_starts",
                violation_error_message=_("The role ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True) | Q(ends_on__isnull=False),
                name="cities_a_deputy_has_a_last_day",
                violation_error_message=_("A deputy is named for a time: say from when to when."),
            ),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True) | Q(ends_on__lte=F("starts_on") + LONGEST_DEPUTY),
                name="cities_a_deputy_stands_in_for_ninety_days_at_most",
                violation_error_message=_("A deputy stands in for 90 days at most. For longer, hand the role over."),
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "city"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="cities_an_open_role_is_held_once",
                violation_error_message=_("This person already holds this role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"
