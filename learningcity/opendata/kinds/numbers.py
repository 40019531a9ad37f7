"""Numbers and what they count, as moderation needs to know them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.models import City, Network
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.forms import number_value
from learningcity.common.slugs import free_slug
from learningcity.common.thai.reading import read_number
from learningcity.moderation.registry import Kind, Values
from learningcity.opendata.forms import FactForm, IndicatorForm
from learningcity.opendata.models import DIMENSIONS, Indicator, Observation
from learningcity.opendata.models.numbers import WORDS_OF_ADDRESSES
from learningcity.opendata.queries import in_words, said_of_the_same
from learningcity.search.actions import index
from learningcity.sources.fields import day_columns, day_value, source_values


def place_of(number: Observation) -> str:
    return number.city.slug if number.city else ""


def numbers_in(place: str) -> QuerySet[Observation]:
    """Return the numbers about a city, or without one those about networks."""
    found = Observation.objects.filter(city__slug=place) if place else Observation.objects.filter(city__isnull=True)
    return found.select_related("indicator").order_by("indicator__position", "indicator__slug", "-observed_on", "pk")


def values_of(number: Observation) -> Values:
    return {
        **({"network": number.network.slug} if number.network else {}),
        "indicator": number.indicator.slug,
        "value": number_value(number.value),
        "observed_on": day_value(number.observed_on, number.observed_precision),
        **{name: getattr(number, name) for name in ("qualifier", "certainty")},
        **pair_values(number, "note", "district"),
        **{name: str(value) if (value := getattr(number, name)) is not None else "" for name in DIMENSIONS},
        **source_values(number.source),
    }


def save(number: Observation | None, form: Any, place: str) -> Observation:
    """Put a number right; if another source says it, write it beside the one that is there."""
    said = form.cleaned_data
    source = cite(said)
    before = said_of_the_same(number) if number else []
    if number is None or number.source != source:
        where: dict[str, Any] = (
            {"city": City.objects.get(slug=place)} if place else {"network": Network.objects.get(slug=said["network"])}
        )
        number = Observation(source=source, **where)
    elif not place:
        number.network = Network.objects.get(slug=said["network"])
    number.indicator = Indicator.objects.get(slug=said["indicator"])
    columns = {name: said[name] for name in ("value", "qualifier", "certainty")} | pair_columns(
        said, "note", "district"
    )
    columns |= {name: said[name] for name in DIMENSIONS}
    for name, value in (columns | day_columns("observed_on", said["observed_on"])).items():
        setattr(number, name, value)
    number.save()
    find_anew([number, *before])
    return number


def public_values(number: Observation, values: Values) -> Values:
    """Return what everybody may see of what was said: no small number of people, and none of some of the people at all.

    What a number of some of the people was once stood in a table that nobody has any more, so nobody can tell what it covers.
    """
    is_other = values.get("indicator") != number.indicator.slug
    if not values or not (number.indicator.is_of_people or is_other):
        return values
    is_of_some = any(values.get(name) for name in DIMENSIONS) or not number.is_total
    # As it was typed: with commas, or in Thai digits.
    if not is_of_some and read_number(values["value"]) >= settings.SMALLEST_GROUP:
        return values
    return {**values, "value": "", "note_th": "", "note_en": ""}


def remove(number: Observation) -> None:
    others = said_of_the_same(number)
    # The search knows all numbers of one thing under the first of them.
    gone = Observation(pk=number.pk)
    number.delete()
    find_anew([gone, *others])


def find_anew(numbers: list[Observation]) -> None:
    """Tell the search of each of these numbers, once."""
    for number in {number.pk: number for number in numbers}.values():
        index(number)


def indicators_in(place: str) -> QuerySet[Indicator]:
    """Return all indicators: the whole network answers for them, and no city."""
    return Indicator.objects.none() if place else Indicator.objects.order_by("position", "slug")


def indicator_values(indicator: Indicator) -> Values:
    counts = {None: "", True: "yes", False: "no"}[indicator.counts_people]
    said = pair_values(indicator, "name", "definition", "unit")
    return {**said, "position": str(indicator.position), "counts_people": counts}


def save_indicator(indicator: Indicator | None, form: Any, place: str) -> Indicator:
    said = form.cleaned_data
    if indicator is None:
        indicator = Indicator(slug=free_slug(Indicator.objects.all(), said["name_en"], WORDS_OF_ADDRESSES))
    for name, value in pair_columns(said, "name", "definition", "unit").items():
        setattr(indicator, name, value)
    indicator.position = said["position"]
    indicator.counts_people = {"": None, "yes": True, "no": False}[said["counts_people"]]
    indicator.save()
    index(indicator)
    find_anew(list(indicator.observations.all()))
    return indicator


FACT = Kind(
    name="fact",
    label=gettext_lazy("Number"),
    plural=gettext_lazy("Numbers"),
    model=Observation,
    form=FactForm,
    place_of=place_of,
    values_of=values_of,
    records_in=numbers_in,
    save=save,
    title_of=in_words,
    follows=("city", "indicator"),
    remove=remove,
    public_values=public_values,
)
INDICATOR = Kind(
    name="indicator",
    label=gettext_lazy("Indicator"),
    plural=gettext_lazy("Indicators"),
    model=Indicator,
    form=IndicatorForm,
    place_of=lambda indicator: "",
    values_of=indicator_values,
    records_in=indicators_in,
    save=save_indicator,
    title_of=lambda indicator: indicator.name,
    # If one city could begin one, all would have to count by it.
    begins_in=lambda place: not place,
)
