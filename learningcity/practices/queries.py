import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.db.models.functions import Lower

from learningcity.cities.models import City
from learningcity.opendata.models import Observation
from learningcity.opendata.queries import Series, observations_of_city, series
from learningcity.practices.enums import Point
from learningcity.practices.models import Answer, Practice


@dataclass(frozen=True, slots=True)
class PracticeSelection:
    """Which practices somebody wants to see; an empty field selects nothing."""

    city: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One of the eleven points, and what each source says under it; nothing where none says anything."""

    point: Point
    answers: list[Answer]


def practices_of_city(city: City) -> QuerySet[Practice]:
    """Return the good practices of this city in its own order."""
    return Practice.objects.filter(city=city).order_by("position", "pk")


def practice_in_focus(day: dt.date) -> Practice | None:
    """Return the practice to show first in the week of this day; each gets its turn, and all readers see the same."""
    practices = Practice.objects.order_by("pk")
    if not (count := practices.count()):
        return None
    week = day.toordinal() // 7
    return practices.select_related("city")[week % count : week % count + 1].first()


def select_practices(selection: PracticeSelection) -> QuerySet[Practice]:
    """Return the practices that fit the selection, in no order."""
    practices = Practice.objects.all()
    if selection.city:
        practices = practices.filter(city__slug=selection.city)
    if selection.theme:
        practices = practices.filter(theme=selection.theme)
    return practices


def practices_in_order(practices: QuerySet[Practice], language: str) -> QuerySet[Practice]:
    """Return the practices by name in the order of this language; those without a name in it at the end."""
    if language == "th":
        return practices.order_by(Case(When(title_th="", then=1), default=0), "sort_th", Lower("title_en"), "pk")
    return practices.order_by(Case(When(title_en="", then=1), default=0), Lower("title_en"), "sort_th", "pk")


def cities_with_practices() -> QuerySet[City]:
    """Return the cities of which any practice is told, in no order."""
    return City.objects.filter(pk__in=Practice.objects.values("city"))


def points_told(practice: Practice) -> list[Told]:
    """Return the points from the second to the eleventh, those that nobody has told yet included."""
    answers: dict[int, list[Answer]] = {point: [] for point in Point}
    for answer in practice.answers.select_related("source").order_by("point", "pk"):
        answers[answer.point].append(answer)
    return [Told(Point(point), said) for point, said in answers.items()]


def figures_of_practice(practice: Practice) -> list[Series]:
    """Return the numbers that the practice rests on, each with what other sources say of the same thing in the city."""
    figures = practice.figures.order_by("position", "pk").values_list("observation_id", "observation__indicator")
    # The order in which the practice tells its figures.
    indicators = list(dict.fromkeys(indicator for _, indicator in figures))
    linked = {observation for observation, _ in figures}
    said = observations_of_city(practice.city).filter(indicator__in=indicators).select_related("source")
    numbers = series(said)
    numbers.sort(key=lambda one: indicators.index(one.indicator.pk))
    return [Series(one.indicator, sorted(one.observations, key=lambda o: o.pk not in linked)) for one in numbers]


def first_answers(practice: Practice) -> dict[int, Answer]:
    """Return for each point that is told the answer that was there first; others name further sources."""
    found: dict[int, Answer] = {}
    for answer in practice.answers.select_related("source").order_by("-pk"):
        found[answer.point] = answer
    return found


def practices_at(place: str) -> QuerySet[Practice]:
    """Return the good practices of the city at this address in its own order."""
    return Practice.objects.filter(city__slug=place).order_by("position", "pk")


def further_answers(place: str) -> QuerySet[Answer]:
    """Return what is told of a city's practices beside the first answer to a point."""
    before = Answer.objects.filter(practice=OuterRef("practice"), point=OuterRef("point"), pk__lt=OuterRef("pk"))
    found = Answer.objects.filter(Exists(before), practice__city__slug=place)
    return found.select_related("practice", "source").order_by("practice__position", "point", "pk")


def numbers_to_choose(place: str, practice: Practice | None) -> list[Observation]:
    """Return the numbers that a practice may rest on: those it does in their order, then the others of its city."""
    chosen = []
    if practice:
        figures = practice.figures.select_related("observation__indicator", "observation__source")
        chosen = [figure.observation for figure in figures.order_by("position", "pk")]
    found = Observation.totals.filter(city__slug=place).select_related("indicator", "source")
    others = found.exclude(pk__in=[number.pk for number in chosen])
    return chosen + list(others.order_by("indicator__position", "indicator__slug", "-observed_on", "pk"))


def sources_of(place: str) -> QuerySet[Any]:
    """Return the numbers of the sources on which the good practices of a city rest."""
    answers = Answer.objects.filter(practice__city__slug=place).values_list("source_id", flat=True)
    return Practice.objects.filter(city__slug=place).values_list("source_id", flat=True).union(answers)
