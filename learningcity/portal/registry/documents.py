"""What everybody may search, told to the search in both languages."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from learningcity.awards.models import Category, Edition
from learningcity.cities.models import City, Milestone, Office, Person, Profile
from learningcity.common.thai.dates import shown_date, shown_number
from learningcity.opendata.enums import Qualifier
from learningcity.opendata.models import TOTAL, Indicator, Observation
from learningcity.opendata.queries import disclosed
from learningcity.portal.registry.datasets import register_datasets
from learningcity.portal.registry.entries import address, as_they_are, bodies
from learningcity.portal.registry.library import register_library
from learningcity.portal.registry.partners import register_partners
from learningcity.practices.models import Practice
from learningcity.search.registry import Entry, register
from learningcity.sources.models import Source


def register_documents() -> None:
    """Register every kind of public record with the search."""
    register("city", _("Cities"), City, city_documents)
    register("practice", _("Good practices"), Practice, practice_documents)
    register("figure", _("Figures"), Observation, figure_documents)
    register("indicator", _("Indicators"), Indicator, indicator_documents)
    register_datasets()
    register_library()
    register_partners()
    register("person", _("People in office"), Person, person_documents)
    register("award", _("Awards"), Edition, award_documents)
    register("source", _("Sources"), Source, source_documents)


def city_documents(cities: QuerySet[City]) -> Iterator[Entry]:
    """Describe cities with all that their pages tell."""
    newest_first = Prefetch("profiles", Profile.objects.order_by("-version").prefetch_related("policies"))
    in_time = Prefetch("milestones", Milestone.objects.order_by("happened_on", "position"))
    told = cities.select_related("province", "authority").prefetch_related(
        "aliases", "driving_bodies", "components", newest_first, in_time
    )
    for city in told.iterator(chunk_size=200):
        yield Entry(
            key=str(city.pk),
            address=address("city", city.slug),
            title_th=city.name_th,
            title_en=city.name_en,
            aliases=tuple(alias.name for alias in city.aliases.all()),
            city=city.slug,
            **bodies(partial(city_texts, city)),
        )


def city_texts(city: City, language: str) -> Iterator[object]:
    for profile in city.profiles.all()[:1]:
        yield from (profile.introduction, profile.vision, profile.mission)
        yield from (policy.text for policy in profile.policies.all())
    yield from (city.get_kind_display(), city.province.name, city.province.get_region_display())
    if hasattr(city, "authority"):
        yield from (city.authority.name, city.authority.get_kind_display())
    yield from (body.name for body in city.driving_bodies.all())
    for component in city.components.all():
        yield from (component.get_kind_display(), component.name, component.text)
    for milestone in city.milestones.all():
        if text := getattr(milestone.text, language):
            yield f"{shown_date(milestone.happened_on, milestone.happened_precision)} {text}"


def practice_documents(practices: QuerySet[Practice]) -> Iterator[Entry]:
    """Describe good practices with what is told under each point."""
    for practice in practices.select_related("city").prefetch_related("answers").iterator(chunk_size=200):
        answers = sorted(practice.answers.all(), key=lambda answer: answer.point)
        texts = [practice.summary, *(answer.text for answer in answers), practice.city.name]
        yield Entry(
            key=str(practice.pk),
            address=address("practice", practice.slug),
            title_th=practice.title_th,
            title_en=practice.title_en,
            city=practice.city.slug,
            **bodies(partial(as_they_are, texts)),
        )


def figure_documents(numbers: QuerySet[Observation]) -> Iterator[Entry]:
    """Describe numbers: all that are said of one thing in one place together, under the key of the first."""
    same = (
        numbers.filter(TOTAL)
        .order_by()
        .filter(Q(city=OuterRef("city")) | Q(network=OuterRef("network")), indicator=OuterRef("indicator"))
    )
    all_said = Observation.totals.filter(Exists(same)).select_related("indicator", "city", "network")
    in_groups = all_said.order_by("indicator_id", "city_id", "network_id", "pk").iterator(chunk_size=500)
    for _group, group in groupby(
        in_groups, key=lambda number: (number.indicator_id, number.city_id, number.network_id)
    ):
        said = disclosed(group)
        first, latest = said[0], max(said, key=lambda number: number.observed_on)
        yield Entry(
            key=str(first.pk),
            address=address("city", first.city.slug) if first.city else address("home"),
            title_th=first.indicator.name_th,
            title_en=first.indicator.name_en,
            city=first.city.slug if first.city else "",
            date=latest.observed_on,
            date_precision=latest.observed_precision,
            **bodies(partial(figure_texts, said)),
        )


def indicator_documents(indicators: QuerySet[Indicator]) -> Iterator[Entry]:
    """Describe what is counted, so that it is found by the words of its definition before any city has a number of it."""
    for indicator in indicators.iterator(chunk_size=200):
        yield Entry(
            key=str(indicator.pk),
            address=address("indicator", indicator.slug),
            title_th=indicator.name_th,
            title_en=indicator.name_en,
            **bodies(partial(as_they_are, [indicator.definition, indicator.unit])),
        )


def figure_texts(said: list[Observation], language: str) -> Iterator[object]:
    place = said[0].city or said[0].network
    values = [value_in_words(number, language) for number in sorted(said, key=lambda number: number.observed_on)]
    yield f"{getattr(place.name, language)}: {', '.join(values)}"  # type: ignore[union-attr]
    yield said[0].indicator.definition
    yield from (number.note for number in said)


def value_in_words(number: Observation, language: str) -> str:
    qualifier = f"{number.get_qualifier_display()} " if number.qualifier != Qualifier.EXACT else ""
    value = f"{qualifier}{shown_number(number.value)} {getattr(number.indicator.unit, language)}".strip()
    return f"{value} ({shown_date(number.observed_on, number.observed_precision)})"


def person_documents(people: QuerySet[Person]) -> Iterator[Entry]:
    """Describe people by the public offices they hold or held; whoever has none is left out."""
    offices = Prefetch("offices", Office.objects.select_related("city").order_by("-as_of", "pk"))
    for person in people.filter(offices__isnull=False).distinct().prefetch_related(offices).iterator(chunk_size=200):
        city = person.offices.all()[0].city
        yield Entry(
            key=str(person.pk),
            address=f"{address('city', city.slug)}#people",
            title_th=f"{person.title_th} {person.name_th}".strip() if person.name_th else "",
            title_en=f"{person.title_en} {person.name_en}".strip() if person.name_en else "",
            aliases=tuple(person.other_names),
            city=city.slug,
            **bodies(partial(office_texts, person)),
        )


def office_texts(person: Person, language: str) -> Iterator[object]:
    offices = {
        f"{getattr(office.title, language) or office.get_kind_display()}, {getattr(office.city.name, language)}": None
        for office in person.offices.all()
    }
    # Several sources may name the same office; it is told once.
    yield from offices


def award_documents(editions: QuerySet[Edition]) -> Iterator[Entry]:
    """Describe editions of awards with their categories."""
    categories = Prefetch("categories", Category.objects.order_by("position"))
    for edition in editions.prefetch_related(categories).iterator(chunk_size=200):
        texts = [edition.summary, edition.venue]
        for category in edition.categories.all():
            texts += [category.name, category.text]
        yield Entry(
            key=str(edition.pk),
            address=address("award", edition.slug),
            title_th=edition.name_th,
            title_en=edition.name_en,
            date=edition.held_on,
            date_precision=edition.held_precision,
            **bodies(partial(as_they_are, texts)),
        )


def source_documents(sources: QuerySet[Source]) -> Iterator[Entry]:
    """Describe sources by title, publisher and date."""
    for source in sources.iterator():
        texts = [source.publisher, source.note]
        yield Entry(
            key=str(source.pk),
            address=address("source", source.slug),
            title_th=source.title_th,
            title_en=source.title_en,
            date=source.published_on,
            date_precision=source.published_precision,
            **bodies(partial(as_they_are, texts)),
        )
