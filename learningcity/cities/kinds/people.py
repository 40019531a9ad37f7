from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.forms import OfficeForm, PersonForm
from learningcity.cities.forms.people import lines_of
from learningcity.cities.models import City, Office, Person
from learningcity.cities.queries import people_of
from learningcity.common.content import pair_columns
from learningcity.common.slugs import free_slug
from learningcity.common.text import LANGUAGES
from learningcity.moderation.registry import Kind, Values
from learningcity.search.actions import index
from learningcity.sources.fields import NEW, day_columns, day_value, source_values

NAMES = [f"{name}_{language}" for name in ("title", "name") for language in LANGUAGES]
DAYS = ("as_of", "starts_on", "ends_on")
# What the forms of both kinds hold of who somebody is.
PERSONAL = (*(f"person_{name}" for name in NAMES), "other_names")


def person_values(person: Person) -> Values:
    names = {f"person_{name}": getattr(person, name) for name in NAMES}
    return {**names, "other_names": "\n".join(person.other_names)}


def save_person(person: Person | None, form: Any, place: str) -> Person:
    """Write how a person is called; it is found under the new names, and no more under the old ones."""
    said = form.cleaned_data
    person = person or Person(slug=free_slug(Person.objects.all(), said["person_name_en"]))
    for name in NAMES:
        setattr(person, name, said[f"person_{name}"])
    person.other_names = lines_of(said["other_names"])
    person.save()
    index(person)
    return person


def place_of_person(person: Person) -> str:
    """Return the city in which somebody was seen in office last."""
    latest = person.offices.order_by("-as_of", "pk").values_list("city__slug", flat=True).first()
    return latest or ""


def offices_in(place: str) -> QuerySet[Office]:
    return Office.objects.filter(city__slug=place).select_related("person").order_by("-as_of", "pk")


def office_values(office: Office) -> Values:
    return {
        "person": office.person.slug,
        # For a new person only; the names of this one are a record of their own.
        **dict.fromkeys((f"person_{name}" for name in NAMES), ""),
        "other_names": "",
        "kind": office.kind,
        **{f"title_{language}": getattr(office, f"title_{language}") for language in LANGUAGES},
        **{day: day_value(getattr(office, day), getattr(office, precision_of(day))) for day in DAYS},
        **source_values(office.source),
    }


def save_office(office: Office | None, form: Any, place: str) -> Office:
    said = form.cleaned_data
    former = office.person if office else None
    office = office or Office(city=City.objects.get(slug=place))
    is_new = said["person"] == NEW
    office.person = save_person(None, form, place) if is_new else Person.objects.get(slug=said["person"])
    columns = {"kind": said["kind"], "source": cite(said), **pair_columns(said, "title")}
    for day in DAYS:
        columns |= day_columns(day, said[day])
    for name, value in columns.items():
        setattr(office, name, value)
    office.save()
    index(office.person)
    if former and former != office.person:
        forget_without_office(former)
    return office


def remove_office(office: Office) -> None:
    office.delete()
    forget_without_office(office.person)


def forget_without_office(person: Person) -> None:
    """Forget a person who holds no public office any more: their name is nobody's business then."""
    index(person)
    if not person.offices.exists():
        person.delete()


def precision_of(day: str) -> str:
    return f"{day.removesuffix('_on')}_precision"


OFFICE = Kind(
    name="office",
    label=gettext_lazy("Office"),
    plural=gettext_lazy("People in office"),
    model=Office,
    form=OfficeForm,
    place_of=lambda office: office.city.slug,
    values_of=office_values,
    records_in=offices_in,
    save=save_office,
    title_of=lambda office: f"{office.person}, {office.get_kind_display()}",
    follows=("city", "person"),
    remove=remove_office,
    # The key of a person is made of their name.
    personal=("person", *PERSONAL),
    begins_in=bool,
)
PERSON = Kind(
    name="person",
    label=gettext_lazy("Name of a person"),
    plural=gettext_lazy("Names of people in office"),
    model=Person,
    form=PersonForm,
    place_of=place_of_person,
    values_of=person_values,
    records_in=people_of,
    save=save_person,
    title_of=lambda person: person.name,
    personal=PERSONAL,
    can_begin=False,
)
