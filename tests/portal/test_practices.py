import pytest
from django.urls import reverse

from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.practices import make_answer, make_figure, make_practice

pytestmark = pytest.mark.django_db


def titles(response, language="th"):
    return [getattr(practice.title, language) for practice in response.context["page"]]


def test_practices_stand_in_the_order_of_a_thai_dictionary(client):
    for title in ("เกาะ", "กา", "ขวัญ"):
        make_practice(title_th=title)

    assert titles(client.get("/practices/")) == ["กา", "เกาะ", "ขวัญ"]


def test_practices_stand_in_the_order_of_the_english_alphabet(client):
    for title in ("beta", "Alpha"):
        make_practice(title_en=title)

    assert titles(client.get("/en/practices/"), "en") == ["Alpha", "beta"]


def test_practices_are_narrowed_to_a_city(client):
    wanted = make_practice()
    make_practice()

    assert titles(client.get("/practices/", {"city": wanted.city.slug})) == [wanted.title_th]


def test_practices_are_narrowed_to_a_theme(client):
    wanted = make_practice(theme="equity_inclusion")
    make_practice(theme="decent_work")

    assert titles(client.get("/practices/", {"theme": "equity_inclusion"})) == [wanted.title_th]


@pytest.mark.parametrize("name", ["city", "theme"])
def test_practices_say_that_a_filter_is_unknown_and_leave_it_out(client, name):
    practice = make_practice()

    response = client.get("/en/practices/", {name: "atlantis"})

    assert titles(response) == [practice.title_th]
    assert "“atlantis”" in str(response.context["form"].errors[name])


def test_practices_without_any_say_what_they_are_for(client):
    response = client.get("/en/practices/")

    assert "A good practice is something that a city does well" in response.content.decode()


def test_practices_fragment_is_part_of_the_whole_page(client):
    make_practice()

    whole = client.get("/practices/").content.decode()
    fragment = client.get("/practices/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in whole
    assert "<html" not in fragment


def test_practices_restored_from_history_are_a_whole_page(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get("/practices/", headers=headers).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_practices_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_practice()

    # The cities to choose from, the number of practices, the practices, their table.
    with django_assert_num_queries(4):
        client.get("/practices/")


def test_practice_tells_all_eleven_points(client):
    practice = make_practice()
    make_answer(practice=practice, point=7, text_en="Everybody reads.")

    page = client.get(f"/en/practices/{practice.slug}/").content.decode()

    assert [page.count(f'<section id="point-{point}"') for point in range(1, 12)] == [1] * 11
    assert page.count("Not yet told.") == 9
    assert "Everybody reads." in page
    assert "2 of eleven points are told so far." in page


def test_practice_shows_what_two_sources_say_under_one_point(client):
    practice = make_practice()
    make_answer(practice=practice, point=7, text_en="Everybody reads.")
    make_answer(practice=practice, point=7, text_en="Almost everybody reads.")

    response = client.get(f"/en/practices/{practice.slug}/")

    told = {told.point: [answer.text.en for answer in told.answers] for told in response.context["points"]}
    assert told[7] == ["Everybody reads.", "Almost everybody reads."]


def test_practice_shows_contradicting_numbers_side_by_side(client):
    practice = make_practice()
    indicator = make_indicator()
    other = make_observation(city=practice.city, indicator=indicator, value=9206)
    figure = make_figure(
        practice=practice, observation=make_observation(city=practice.city, indicator=indicator, value=9012)
    )
    make_observation(city=practice.city)
    make_observation(city=make_city(), indicator=indicator)

    response = client.get(f"/en/practices/{practice.slug}/")

    assert response.context["figures"] == [[figure.observation, other]]
    assert "2 statements, of different sources or dates" in response.content.decode()


def test_practice_keeps_the_order_of_its_figures(client):
    practice = make_practice()
    late = make_figure(practice=practice, position=2)
    early = make_figure(practice=practice, position=1)

    response = client.get(f"/practices/{practice.slug}/")

    assert response.context["figures"] == [[early.observation], [late.observation]]


def test_practice_marks_our_translation(client):
    practice = make_practice(original="en", summary_th="ของเรา")

    assert "Our translation from English." not in client.get(f"/en/practices/{practice.slug}/").content.decode()
    with_thai = client.get(f"/practices/{practice.slug}/").content.decode()
    assert with_thai.count('class="language-note"') == 1


def test_practice_without_a_text_in_the_language_shows_the_other_and_marks_it(client):
    practice = make_practice(title_en="", original="th", title_th="ห้องเรียน")

    page = client.get(f"/en/practices/{practice.slug}/").content.decode()

    assert '<span lang="th" class="foreign">ห้องเรียน</span>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_practice_takes_the_same_queries_however_much_is_told(client, count, django_assert_num_queries):
    practice = make_practice()
    for number in range(count):
        make_answer(practice=practice, point=2 + number)
        make_figure(practice=practice)

    # The practice, its answers, its figures, the numbers.
    with django_assert_num_queries(4):
        client.get(reverse("practice", args=[practice.slug]))
