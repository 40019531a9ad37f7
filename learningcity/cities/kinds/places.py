from __future__ import annotations

from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.forms import CityForm
from learningcity.cities.forms.people import lines_of
from learningcity.cities.forms.places import ALIASES, BODIES
from learningcity.cities.kinds.profiles import cities_at, slug_of
from learningcity.cities.models import Alias, City, DrivingBody, Province
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.forms import number_value
from learningcity.common.slugs import free_slug
from learningcity.common.text import LANGUAGES
from learningcity.moderation.registry import Kind, Values
from learningcity.search.actions import index
from learningcity.sources.fields import source_values


def values_of(city: City) -> Values:
    names: dict[str, list[str]] = {kind.value: [] for kind in ALIASES}
    for alias in city.aliases.order_by("pk"):
        names[alias.kind].append(alias.name)
    bodies = {body.position: body for body in city.driving_bodies.select_related("source")}
    values: Values = {
        **pair_values(city, "name", "uncertainty"),
        "kind": city.kind,
        "province": city.province_id,
        **{f"names_{kind}": "\n".join(lines) for kind, lines in names.items()},
        "latitude": number_value(city.latitude),
        "longitude": number_value(city.longitude),
        **source_values(city.location_source),
    }
    for number in BODIES:
        body = bodies.get(number)
        values |= {f"body_{number}_{language}": getattr(body, f"name_{language}", "") for language in LANGUAGES}
        values[f"body_{number}_source"] = body.source.slug if body else ""
    return values


def save(city: City | None, form: Any, place: str) -> City:
    said = form.cleaned_data
    city = city or City(slug=free_slug(City.objects.all(), said["name_en"]))
    city.kind, city.province = said["kind"], Province.objects.get(code=said["province"])
    for name, value in pair_columns(said, "name", "uncertainty").items():
        setattr(city, name, value)
    city.latitude, city.longitude = said["latitude"], said["longitude"]
    # A source without a location would say nothing.
    city.location_source = cite(said) if said["source"] and city.latitude is not None else None
    city.save()
    save_names(city, said)
    for number in BODIES:
        save_body(city, number, said)
    index(city)
    return city


def save_names(city: City, said: dict[str, Any]) -> None:
    """Write the other names of a city as they stand in the form; what stands there unchanged stays the same row."""
    kept: list[int] = []
    fresh: list[Alias] = []
    for kind in ALIASES:
        wanted = lines_of(said[f"names_{kind.value}"])
        stored = list(city.aliases.filter(kind=kind).order_by("pk"))
        pairs = takewhile(lambda pair: pair[0].name == pair[1], zip(stored, wanted, strict=False))
        same = [alias.pk for alias, _name in pairs]
        kept += same
        fresh += [Alias(city=city, kind=kind, name=name) for name in wanted[len(same) :]]
    # First all that goes: a name may only have moved from one list to another.
    city.aliases.exclude(pk__in=kept).delete()
    Alias.objects.bulk_create(fresh)


def save_body(city: City, number: int, said: dict[str, Any]) -> None:
    """Write one driving body, or take it away if its name was taken out."""
    names = {f"name_{language}": said[f"body_{number}_{language}"] for language in LANGUAGES}
    if not any(names.values()):
        city.driving_bodies.filter(position=number).delete()
        return
    source = cite(said, f"body_{number}_source")
    DrivingBody.objects.update_or_create(city=city, position=number, defaults={**names, "source": source})


def title_of(city: City) -> str:
    return _("%(city)s: names, location, driving bodies") % {"city": city.name}


CITY = Kind(
    name="city",
    label=gettext_lazy("Name and place"),
    plural=gettext_lazy("Names and places"),
    model=City,
    form=CityForm,
    place_of=slug_of,
    values_of=values_of,
    records_in=cities_at,
    save=save,
    title_of=title_of,
    # A city has its own already; a further one comes from the whole network.
    begins_in=lambda place: not place,
)
