import pytest

from learningcity.moderation.registry import kind_named
from learningcity.practices.enums import Point
from learningcity.practices.models import Answer, Figure, Practice
from learningcity.practices.queries import sources_of
from learningcity.search.models import Document
from tests.factories.cities import make_city
from tests.factories.content import NEW_SOURCE, SOURCE, filled, values_of, written
from tests.factories.opendata import make_observation
from tests.factories.practices import make_answer, make_figure, make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

POINTS = {f"point_{point}_{part}": "" for point in Point.values for part in ("th", "en", "source")}
PRACTICE = {
    "title_th": "ครู หมอ พ่อแม่",
    "title_en": "Teachers, Doctors and Parents",
    "summary_th": "สรุป",
    "summary_en": "",
    "theme": "equity_inclusion",
    "original": "th",
    "figures": [],
    **POINTS,
    "point_2_th": "<p>วัตถุประสงค์</p>",
    "point_9_en": "Too few people.",
}


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


@pytest.fixture
def values(city):
    return {**PRACTICE, "source": make_source().slug, **SOURCE}


def test_practice_comes_back_as_it_was_typed(city, values):
    numbers = [make_observation(city=city) for _ in range(3)]
    values |= {"figures": [str(numbers[2].pk), str(numbers[0].pk)], "point_9_source": make_source().slug}

    practice = written("practice", values, "khon-kaen")

    assert values_of("practice", practice) == values
    assert (practice.slug, practice.city) == ("teachers-doctors-and-parents", city)


def test_practice_that_is_changed_comes_back_as_it_was_typed(city, values):
    practice = written("practice", values, "khon-kaen")
    changed = values | {"title_th": "", "point_2_th": "", "point_11_th": "ขยายผล", "theme": "", "original": "en"}

    again = written("practice", changed, "khon-kaen", practice)

    assert (values_of("practice", again), again.pk, again.slug) == (changed, practice.pk, practice.slug)
    assert set(Answer.objects.values_list("point", flat=True)) == {9, 11}


def test_practice_keeps_what_other_sources_say_under_a_point(city, values):
    practice = make_practice(city=city)
    first = make_answer(practice=practice, point=5, source=practice.source, text_th="หนึ่ง", text_en="")
    other = make_answer(practice=practice, point=5, text_th="สอง")

    saved = values_of("practice", practice) | {"point_5_th": "ใหม่"}
    written("practice", saved, "khon-kaen", practice)

    assert set(Answer.objects.values_list("pk", "text_th")) == {(first.pk, "ใหม่"), (other.pk, "สอง")}


def test_practice_keeps_its_rows_when_nothing_is_changed(city):
    figure = make_figure(practice=make_practice(city=city))
    answer = make_answer(practice=figure.practice, original="en")
    before = values_of("practice", figure.practice)

    written("practice", before, "khon-kaen", figure.practice)

    assert values_of("practice", figure.practice) == before
    assert (Answer.objects.get().pk, Answer.objects.get().original, Figure.objects.get().pk) == (
        answer.pk,
        "en",
        figure.pk,
    )


def test_practice_whose_point_would_be_told_twice_by_a_source_is_refused_at_that_point(city, values):
    practice = make_practice(city=city)
    make_answer(practice=practice, point=5, source=practice.source)
    other = make_answer(practice=practice, point=5)

    form = filled(
        "practice", values_of("practice", practice) | {"point_5_source": other.source.slug}, "khon-kaen", practice
    )

    assert list(form.errors) == ["point_5_source"]


def test_practice_takes_a_new_source_for_one_point_only(city, values):
    wanted = {**NEW_SOURCE, "source": values["source"], "point_2_source": "new"}

    practice = written("practice", values | wanted, "khon-kaen")

    assert practice.source.slug == values["source"]
    assert practice.answers.get(point=2).source.url == "https://example.org/report"
    assert practice.answers.get(point=9).source == practice.source


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"title_th": "", "title_en": ""}, "title_th"),
        ({"title_en": "x" * 201}, "title_en"),
        ({"summary_en": "word " * 121}, "summary_en"),
        ({"theme": "fun"}, "theme"),
        ({"source": ""}, "source"),
        ({"point_2_source": "no-such"}, "point_2_source"),
        ({"point_3_source": "new"}, "source_title"),
        ({"point_4_th": "ก" * 60_000}, "point_4_th"),
        ({"figures": ["999999"]}, "figures"),
        ({"figures": ["กขค"]}, "figures"),
    ],
)
def test_practice_that_is_wrong_is_refused_at_its_field_and_keeps_what_was_typed(values, wrong, at):
    form = filled("practice", {**values, **wrong}, "khon-kaen")

    assert list(form.errors) == [at]
    assert {name: form[name].value() for name in wrong} == wrong


def test_practice_cannot_rest_on_the_numbers_of_another_city(values):
    elsewhere = make_observation()

    assert list(filled("practice", values | {"figures": [str(elsewhere.pk)]}, "khon-kaen").errors) == ["figures"]


def test_practice_form_shows_every_field_once_each_with_a_hint(city):
    form = filled("practice", {}, "khon-kaen")
    items = [item for _section, items in form.layout() for item in items]

    assert sorted(field.name for item in items for field in item.fields) == sorted(form.fields)
    assert [item.name for item in items if not (item.pair.hint if item.pair else item.fields[0].help_text)] == []
    assert [item.name for item in items if item.pair and not item.pair.example] == []


def test_practice_is_added_after_the_others_and_can_be_found_until_it_is_removed(city, values):
    make_practice(city=city, position=3)

    practice = written("practice", values | {"title_en": ""}, "khon-kaen")
    assert (practice.position, Document.objects.filter(kind="practice").count()) == (4, 1)
    kind_named("practice").remove(practice)

    assert Document.objects.filter(kind="practice").count() == 0
    assert not Practice.objects.filter(title_th=PRACTICE["title_th"]).exists()


def test_answer_of_another_source_comes_back_as_it_was_typed(city):
    practice = make_practice(city=city)
    make_answer(practice=practice, point=7)
    told = {"point": "7", "text_th": "<p>ผล</p>", "text_en": "", "original": "th", "source": make_source().slug}
    typed = {"practice": practice.slug, **told, **SOURCE}

    answer = written("answer", typed, "khon-kaen")

    assert values_of("answer", answer) == typed
    assert list(kind_named("answer").records_in("khon-kaen")) == [answer]
    assert kind_named("answer").place_of(answer) == "khon-kaen"


def test_answer_that_moves_to_another_practice_is_found_there(city):
    first, other = make_practice(city=city), make_practice(city=city)
    answer = make_answer(practice=first, text_th="ตัวอย่าง")

    written("answer", values_of("answer", answer) | {"practice": other.slug}, "khon-kaen", answer)

    bodies = dict(Document.objects.filter(kind="practice").values_list("key", "body_th"))
    assert ["ตัวอย่าง" in bodies[str(one.pk)] for one in (first, other)] == [False, True]
    kind_named("answer").remove(Answer.objects.get())
    assert "ตัวอย่าง" not in Document.objects.get(kind="practice", key=str(other.pk)).body_th


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"practice": "elsewhere"}, "practice"),
        ({"point": "12"}, "point"),
        ({"text_th": "", "text_en": ""}, "text_th"),
        ({"source": ""}, "source"),
    ],
)
def test_answer_that_is_wrong_is_refused_at_its_field(city, wrong, at):
    make_practice(slug="elsewhere")
    answer = make_answer(practice=make_practice(city=city))

    assert list(filled("answer", values_of("answer", answer) | wrong, "khon-kaen", answer).errors) == [at]


def test_answer_that_its_source_gives_already_is_refused(city):
    answer = make_answer(practice=make_practice(city=city))

    assert list(filled("answer", values_of("answer", answer), "khon-kaen").errors) == ["source"]


def test_sources_of_a_city_are_those_of_its_practices_and_of_their_answers(city):
    answer = make_answer(practice=make_practice(city=city))
    make_practice()

    assert set(sources_of("khon-kaen")) == {answer.source_id, answer.practice.source_id}
