"""The part of the form of a number that says whom it counts; left empty, it counts everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.models import City
from learningcity.common.content import Pair, Section
from learningcity.opendata.enums import Disability, Sex
from learningcity.opendata.models.numbers import OLDEST

DISTRICT = Pair(
    label=gettext_lazy("District"),
    hint=gettext_lazy("The name of the district, without the word district; empty if the number is of the whole city."),
    example=gettext_lazy("“เมืองขอนแก่น”, “Mueang Khon Kaen”"),
    required="",
    longest=100,
)
PEOPLE = Section(
    gettext_lazy("Whom it counts"),
    ("sex", "age_from", "age_to", "disability", "district_code", "district"),
    gettext_lazy(
        "Leave everything empty for a number of the whole city. Numbers of some of its people stand beside it, and never "
        "in its place. Groups of so few people that somebody could be recognized are not shown to the public."
    ),
)
EVERYBODY = ("", gettext_lazy("All"))


def age_field(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, required=False, min_value=0, max_value=OLDEST)


def people_fields() -> dict[str, forms.Field]:
    """Return the fields that say whom a number counts."""
    return {
        "sex": forms.ChoiceField(
            label=gettext_lazy("Sex"),
            required=False,
            choices=[EVERYBODY, *Sex.choices],
            help_text=gettext_lazy("Only if the source counts them apart."),
        ),
        "age_from": age_field(gettext_lazy("Age from"), gettext_lazy("In full years, for instance 6.")),
        "age_to": age_field(
            gettext_lazy("Age to"), gettext_lazy("The last year that counts: 11 for 6 to 11. Empty for “60 and over”.")
        ),
        "disability": forms.ChoiceField(
            label=gettext_lazy("Disability"),
            required=False,
            choices=[EVERYBODY, *Disability.choices],
            help_text=gettext_lazy("Only if the source counts them apart."),
        ),
        "district_code": forms.CharField(
            label=gettext_lazy("Code of the district"),
            required=False,
            max_length=4,
            validators=[RegexValidator("^[0-9]{4}$", gettext_lazy("A code has four digits, for instance 4001."))],
            help_text=gettext_lazy(
                "Four digits of TIS 1099: two of the province, two of the district, for instance 4001."
            ),
        ),
    }


def clean_people(cleaned: dict[str, Any], place: str, complain: Callable[[str, ValidationError], None]) -> None:
    """Try together the fields that say whom a number counts."""

    def wrong(name: str, words: str) -> None:
        complain(name, ValidationError(words, code="invalid"))

    start, end = cleaned.get("age_from"), cleaned.get("age_to")
    if end is not None and start is None:
        wrong("age_from", _("Say from which age, for instance 0."))
    elif end is not None and end < start:
        wrong("age_to", _("The age group ends before it begins."))
    code, named = cleaned.get("district_code"), cleaned.get("district_th") or cleaned.get("district_en")
    if code and not named:
        wrong("district_th", _("Say how the district is called."))
    if named and not code:
        wrong("district_code", _("A district needs its code, so that all know which one it is."))
    if code and (city := City.objects.filter(slug=place).first()) and not code.startswith(city.province_id):
        wrong("district_code", _("This code is of another province; here it begins with %s.") % city.province_id)
