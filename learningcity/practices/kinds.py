"""Good practices, as moderation needs to know them."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy

from learningcity.cities.actions import cite
from learningcity.cities.models import City
from learningcity.common.content import pair_columns, pair_values
from learningcity.common.slugs import free_slug
from learningcity.common.text import LANGUAGES
from learningcity.moderation.registry import Kind, Values, register
from learningcity.pictures.actions import publish_pictures_in
from learningcity.practices.enums import Point
from learningcity.practices.forms import AnswerForm, PracticeForm, answer_name, source_name
from learningcity.practices.models import Answer, Figure, Practice
from learningcity.practices.queries import first_answers, further_answers, practices_at
from learningcity.search.actions import index
from learningcity.sources.fields import source_values
from learningcity.sources.models import Source


def values_of(practice: Practice) -> Values:
    answers = first_answers(practice)
    values: Values = {
        **pair_values(practice, "title", "summary"),
        **{name: getattr(practice, name) for name in ("theme", "original")},
        **source_values(practice.source),
        "figures": [
            str(pk) for pk in practice.figures.order_by("position", "pk").values_list("observation_id", flat=True)
        ],
    }
    for point in Point:
        answer = answers.get(point)
        name = answer_name(point)
        values |= {f"{name}_{language}": getattr(answer, f"text_{language}", "") for language in LANGUAGES}
        # Nothing stands for the source of the practice itself.
        has_own = answer is not None and answer.source_id != practice.source_id
        values[source_name(point)] = answer.source.slug if answer and has_own else ""
    return values


def save(practice: Practice | None, form: Any, place: str) -> Practice:
    said = form.cleaned_data
    if practice is None:
        city = City.objects.get(slug=place)
        last = practices_at(place).aggregate(last=Max("position"))["last"] or 0
        practice = Practice(city=city, position=last + 1, slug=free_slug(Practice.objects.all(), said["title_en"]))
    practice.source = cite(said)
    columns = pair_columns(said, "title", "summary") | {name: said[name] for name in ("theme", "original")}
    for name, value in columns.items():
        setattr(practice, name, value)
    practice.save()
    answers = first_answers(practice)
    for point in Point:
        source = cite(said, source_name(point)) if said[source_name(point)] else practice.source
        save_answer(answers.get(point) or Answer(practice=practice, point=point), said, source)
    save_figures(practice, [int(pk) for pk in said["figures"]])
    texts = [said[f"{answer_name(point)}_{language}"] for point in Point for language in LANGUAGES]
    publish_pictures_in(*texts, place=practice.city.slug)
    index(practice)
    return practice


def save_answer(answer: Answer, said: dict[str, Any], source: Source) -> None:
    """Write what is told under a point, or take it away; what other sources say under it stays."""
    texts = {f"text_{language}": said[f"{answer_name(answer.point)}_{language}"] for language in LANGUAGES}
    if any(texts.values()):
        for name, value in texts.items():
            setattr(answer, name, value)
        answer.original = answer.original or said["original"]
        answer.source = source
        answer.save()
    elif answer.pk:
        answer.delete()


def save_figures(practice: Practice, chosen: list[int]) -> None:
    """Let a practice rest on these numbers, in this order."""
    practice.figures.exclude(observation__in=chosen).delete()
    for position, number in enumerate(chosen, 1):
        Figure.objects.update_or_create(practice=practice, observation_id=number, defaults={"position": position})


def remove(practice: Practice) -> None:
    gone = Practice(pk=practice.pk)
    practice.delete()
    index(gone)


def answer_values(answer: Answer) -> Values:
    return {
        "practice": answer.practice.slug,
        "point": str(answer.point),
        **pair_values(answer, "text"),
        "original": answer.original,
        **source_values(answer.source),
    }


def save_further_answer(answer: Answer | None, form: Any, place: str) -> Answer:
    said = form.cleaned_data
    answer = answer or Answer()
    former = answer.practice if answer.pk else None
    answer.practice = Practice.objects.get(slug=said["practice"])
    columns = pair_columns(said, "text") | {name: said[name] for name in ("point", "original")}
    for name, value in columns.items():
        setattr(answer, name, value)
    answer.source = cite(said)
    answer.save()
    for practice in {answer.practice, former or answer.practice}:
        index(practice)
    return answer


def remove_answer(answer: Answer) -> None:
    answer.delete()
    index(answer.practice)


PRACTICE = Kind(
    name="practice",
    label=gettext_lazy("Good practice"),
    plural=gettext_lazy("Good practices"),
    model=Practice,
    form=PracticeForm,
    place_of=lambda practice: practice.city.slug,
    values_of=values_of,
    records_in=practices_at,
    save=save,
    title_of=lambda practice: practice.title,
    follows=("city",),
    remove=remove,
    is_handed_out=True,
    begins_in=bool,
)


ANSWER = Kind(
    name="answer",
    label=gettext_lazy("What another source says of a practice"),
    plural=gettext_lazy("What other sources say"),
    model=Answer,
    form=AnswerForm,
    place_of=lambda answer: answer.practice.city.slug,
    values_of=answer_values,
    records_in=further_answers,
    save=save_further_answer,
    title_of=lambda answer: f"{answer.practice}: {answer.point}. {answer.get_point_display()}, {answer.source}",
    follows=("practice__city", "source"),
    remove=remove_answer,
    begins_in=bool,
)


def register_kinds() -> None:
    """Put good practices under moderation."""
    register(PRACTICE)
    register(ANSWER)
