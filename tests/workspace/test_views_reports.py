import pytest
from django.core.cache import cache

from learningcity.moderation.models import Report
from tests.factories.library import make_place, make_resource
from tests.factories.moderation import make_report
from tests.factories.practices import make_practice

pytestmark = pytest.mark.django_db
TYPED = {"page": "/en/cities/khon-kaen/?x=1", "text": "The year is wrong.", "email": ""}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def test_visitor_reports_an_error_without_an_account_and_the_city_answers(client, desk_of, city, officer):
    form = client.get("/en/report/?page=/cities/khon-kaen/")
    assert 'value="/cities/khon-kaen/"' in form.content.decode()

    thanks = client.post("/en/report/", TYPED)

    report = Report.objects.get()
    assert (thanks.status_code, report.page, report.place, report.language) == (
        200,
        "/cities/khon-kaen/",
        "khon-kaen",
        "en",
    )
    browser = desk_of(officer)
    assert f"/workspace/reports/{report.pk}/" in browser.get("/workspace/reports/").content.decode()
    assert browser.post(f"/workspace/reports/{report.pk}/", {"answer": ""}).status_code == 400
    assert browser.post(f"/workspace/reports/{report.pk}/", {"answer": "Mended."}).status_code == 302
    assert browser.get(f"/workspace/reports/{report.pk}/").status_code == 200
    report.refresh_from_db()
    assert report.answer == "Mended."


def test_report_on_a_practice_goes_to_its_city(client, city):
    make_practice(slug="rooms", city=city)

    client.post("/report/", TYPED | {"page": "/practices/rooms/"})

    assert Report.objects.get().place == "khon-kaen"


@pytest.mark.parametrize(
    ("make", "page"), [(make_resource, "/library/film/"), (make_place, "/en/library/places/film/")]
)
def test_report_on_something_to_learn_goes_to_its_city(client, city, make, page):
    make(slug="film", city=city)

    client.post("/report/", TYPED | {"page": page})

    assert Report.objects.get().place == "khon-kaen"


@pytest.mark.parametrize(
    "page", ["", "https://example.org/", "//example.org/x", "/\x00", "/nowhere/", "/cities/nowhere/", "/" + "x" * 400]
)
def test_report_on_no_page_of_ours_goes_to_the_network(client, page):
    client.post("/report/", TYPED | {"page": page})

    assert Report.objects.get().place == ""


def test_report_without_words_is_refused_and_kept(client):
    answer = client.post("/en/report/", TYPED | {"text": "", "email": "no address"})

    assert answer.status_code == 400
    assert sorted(answer.context["form"].errors) == ["email", "text"]
    assert 'value="no address"' in answer.content.decode()


def test_report_of_a_program_is_thanked_for_and_forgotten(client):
    assert client.post("/report/", TYPED | {"website": "https://spam.example"}).status_code == 200
    assert Report.objects.count() == 0


def test_thirty_reports_an_hour_come_through_from_one_address(client):
    answers = [client.post("/report/", TYPED).status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]
    assert Report.objects.count() == 30


def test_reports_of_another_city_are_refused_to_a_stranger(desk_of, stranger, city):
    report = make_report(place=city.slug)
    browser = desk_of(stranger)

    assert browser.get(f"/workspace/reports/{report.pk}/").status_code == 403
    assert browser.post(f"/workspace/reports/{report.pk}/", {"answer": "x"}).status_code == 403
    assert browser.get("/workspace/reports/").context["rows"] == []


@pytest.mark.parametrize("count", [1, 3, 50])
def test_reports_cost_the_same_for_one_and_for_fifty(desk_of, city, officer, count, django_assert_num_queries):
    for _ in range(count):
        make_report(place=city.slug)
    browser = desk_of(officer)

    with django_assert_num_queries(8):
        browser.get("/workspace/reports/")
