import datetime as dt

import pytest

from learningcity.search.actions import index, reindex_all
from tests.factories.awards import make_category, make_edition
from tests.factories.cities import make_alias, make_city, make_milestone, make_office, make_person
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.practices import make_answer, make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def find(client, language="en", **query):
    reindex_all()
    return client.get("/search/" if language == "th" else "/en/search/", query)


def found(response):
    return [(hit.kind, hit.title) for hit, _city in response.context["hits"]]


def test_search_finds_a_city_by_either_name_and_by_another_spelling(client):
    city = make_city(name_th="ขอนแก่น", name_en="Khon Kaen")
    make_alias(city=city, name="Khonkaen")
    make_city(name_th="ยะลา", name_en="Yala")

    assert [found(find(client, q=words))[0] for words in ("ขอนแก่น", "khon kaen", "khonkaen")] == [
        ("city", "Khon Kaen")
    ] * 3


def test_search_finds_what_a_milestone_of_a_city_says(client):
    milestone = make_milestone(text_en="A committee for lanterns was appointed.")

    response = find(client, q="lanterns")

    assert found(response) == [("city", milestone.city.name_en)]
    assert "<mark>lanterns</mark>" in response.content.decode()


def test_search_finds_a_practice_by_what_is_told_of_it(client):
    make_answer(practice=make_practice(title_en="Rivers"), point=7, text_en="Otters came back.")

    assert found(find(client, q="otters")) == [("practice", "Rivers")]


def test_search_finds_a_number_by_its_name_its_place_and_its_value(client):
    city = make_city(slug="yala", name_en="Yala")
    make_observation(city=city, indicator=make_indicator(name_en="Readers"), value=9012)

    found_by = [find(client, q=words, kind="figure") for words in ("readers", "yala", "9,012")]

    assert [found(response) for response in found_by] == [[("figure", "Readers")]] * 3
    assert [hit_city for _, hit_city in found_by[0].context["hits"]] == [city]


def test_search_shows_all_that_is_said_of_one_thing_in_one_place_as_one_answer(client):
    indicator, city = make_indicator(name_en="Readers"), make_city()
    early = make_observation(indicator=indicator, city=city, value=62, observed_on=dt.date(2024, 9, 17))
    make_observation(indicator=indicator, city=city, value=59, qualifier="more_than")
    make_observation(indicator=indicator)

    response = find(client, q="readers")

    assert found(response) == [*[("figure", "Readers")] * 2, ("indicator", "Readers")]
    snippets = [hit.snippet_html for hit, hit_city in response.context["hits"] if hit_city == city]
    assert snippets[0].startswith(f"{city.name_en}: 62 people (17 September 2024), more than 59 people")
    assert [hit.key for hit, hit_city in response.context["hits"] if hit_city == city] == [str(early.pk)]


def test_search_keeps_one_answer_when_another_number_of_the_same_thing_comes(client):
    first = make_observation(indicator=make_indicator(name_en="Readers"))
    reindex_all()
    index(make_observation(indicator=first.indicator, city=first.city, value=7))

    response = client.get("/en/search/", {"q": "readers"})

    assert [hit.key for hit, _ in response.context["hits"] if hit.kind == "figure"] == [str(first.pk)]


def test_search_finds_a_person_by_any_spelling_and_leads_to_the_office(client):
    person = make_person(title_en="Mr", name_en="Somsak", other_names=["Somsuk"])
    office = make_office(person=person, city=make_city(slug="yala"))

    response = find(client, q="somsuk")

    assert found(response) == [("person", "Mr Somsak")]
    assert [hit.address for hit, _ in response.context["hits"]] == ["/cities/yala/#people"]
    assert f'href="/en/cities/{office.city.slug}/#people"' in response.content.decode()


def test_search_tells_an_office_once_however_many_sources_name_it(client):
    person, city = make_person(name_en="Somsak"), make_city(name_en="Yala")
    for day in (dt.date(2024, 9, 17), dt.date(2024, 10, 9)):
        make_office(person=person, city=city, title_en="Mayor", as_of=day)

    assert find(client, q="somsak").content.decode().count("Mayor, Yala") == 1


def test_search_leaves_out_people_without_an_office(client):
    make_person(name_en="Somsak")

    assert found(find(client, q="somsak")) == []


def test_search_finds_an_award_by_a_category(client):
    make_category(edition=make_edition(name_en="Awards"), name_en="Heritage")

    assert found(find(client, q="heritage")) == [("award", "Awards")]


def test_search_finds_a_source_by_its_publisher(client):
    make_source(title_en="Report", publisher_en="Observatory")

    assert found(find(client, q="observatory")) == [("source", "Report")]


@pytest.mark.parametrize("words", ["2024", "2567", "๒๕๖๗"])
def test_search_knows_both_calendars_and_thai_digits(client, words):
    make_source(title_en="Report", title_th="", note_en="Said in 2024.", published_on=None)

    assert found(find(client, q=words)) == [("source", "Report")]


def test_search_narrows_to_a_kind_and_counts_all_kinds(client):
    city = make_city(name_en="Lantern")
    make_practice(title_en="Lantern walks", city=city)

    response = find(client, q="lantern", kind="practice")

    assert found(response) == [("practice", "Lantern walks")]
    assert [(kind.kind, kind.count) for kind in response.context["results"].kinds] == [("city", 1), ("practice", 1)]


def test_search_narrows_to_a_city(client):
    yala, tak = make_city(slug="yala"), make_city(slug="tak")
    make_practice(title_en="Lanterns", city=yala)
    make_practice(title_en="Lanterns too", city=tak)

    response = find(client, q="lanterns", city="yala")

    assert found(response) == [("practice", "Lanterns")]
    assert response.context["city"] == yala


@pytest.mark.parametrize("name", ["kind", "city"])
def test_search_says_that_a_filter_is_unknown_and_leaves_it_out(client, name):
    make_practice(title_en="Lanterns")

    response = find(client, q="lanterns", **{name: "atlantis"})

    assert found(response) == [("practice", "Lanterns")]
    assert "Nothing here is called “atlantis”" in response.content.decode()


def test_search_asks_what_was_meant(client):
    make_city(name_th="เชียงใหม่", name_en="Chiang Mai")

    response = find(client, language="th", q="เชียงไหม่")

    assert response.context["results"].did_you_mean == "เชียงใหม่"
    assert (
        "?q=%E0%B9%80%E0%B8%8A%E0%B8%B5%E0%B8%A2%E0%B8%87%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88"
        in response.content.decode()
    )


def test_search_finds_while_somebody_is_typing(client):
    make_city(name_th="เชียงใหม่", name_en="Chiang Mai")

    assert found(find(client, language="th", q="เชียงใ"))[0] == ("city", "เชียงใหม่")


def test_search_shows_a_result_that_has_no_text_in_the_language_in_the_other(client):
    make_practice(title_en="", title_th="ห้องเรียน", summary_en="", summary_th="ทุกคน", original="th")

    page = find(client, q="ห้องเรียน").content.decode()

    assert 'lang="th"><mark>ห้องเรียน</mark></a>' in page


def test_search_without_words_says_what_can_be_looked_for(client):
    assert "What you can look for" in client.get("/en/search/").content.decode()


def test_search_that_finds_nothing_helps_on(client):
    page = find(client, q="zzzzqqq").content.decode()

    assert "Nothing was found" in page
    assert 'href="/en/cities/"' in page


def test_search_repeats_words_safely(client):
    page = find(client, q='<script>alert("1")</script>').content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_search_says_that_a_long_query_was_shortened(client):
    response = client.get("/en/search/", {"q": "word " * 300})

    assert len(response.context["results"].query) <= 200
    assert "Your words were shortened." in response.content.decode()


def test_search_does_not_say_that_a_short_query_was_shortened(client):
    assert "Your words were shortened." not in client.get("/en/search/", {"q": "  two   words "}).content.decode()


def test_search_has_pages(client):
    for number in range(12):
        make_practice(title_en=f"Lantern {number}")

    first, second = find(client, q="lantern"), find(client, q="lantern", page="2")

    assert [len(found(response)) for response in (first, second)] == [10, 2]
    assert not {*found(first)} & {*found(second)}


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "1000000000"])
def test_search_has_no_page_beyond_its_last(client, page):
    make_practice(title_en="Lantern")

    response = find(client, q="lantern", page=page)

    assert response.status_code == 404
    assert f"This list has no page “{page}”" in response.content.decode()


def test_search_fragment_is_part_of_the_whole_page(client):
    make_practice(title_en="Lantern")
    reindex_all()

    whole = client.get("/search/?q=lantern").content.decode()
    fragment = client.get("/search/?q=lantern", headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in whole
    assert "<html" not in fragment


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_the_same_queries_however_much_it_finds(client, count, django_assert_num_queries):
    for _ in range(count):
        make_practice(title_en="Lantern")
    reindex_all()

    # Six of the engine and the cities of what it found.
    with django_assert_num_queries(7):
        response = client.get("/search/?q=lantern")

    assert response.context["results"].count == count
