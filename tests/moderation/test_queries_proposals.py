import pytest

from learningcity.moderation.queries import open_reports, queue_of, title_of, titles_of
from tests.factories.cities import make_city, make_role
from tests.factories.moderation import make_note, make_proposal, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(note, city):
    return make_proposal(key=str(note.pk), place=city.slug, state="submitted")


def test_queue_of_shows_only_the_places_of_a_person(waiting, officer, approver, stranger):
    secretariat = make_role(kind="secretariat", city=None).user

    assert [list(queue_of(person)) for person in (officer, approver, secretariat)] == [[waiting]] * 3
    assert list(queue_of(stranger)) == []


def test_open_reports_of_the_network_are_the_secretariats(city, officer):
    secretariat = make_role(kind="secretariat", city=None).user
    here, everywhere = make_report(place=city.slug), make_report()
    make_report(place=make_city().slug)

    assert list(open_reports(officer)) == [here]
    assert open_reports(secretariat).count() == 3
    assert everywhere in open_reports(secretariat)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_titles_of_ask_as_often_for_one_as_for_fifty(city, officer, count, django_assert_num_queries):
    notes = [make_note(city=city) for _ in range(count)]
    proposals = [make_proposal(key=str(note.pk), place=city.slug, author=officer) for note in notes]

    with django_assert_num_queries(1):
        titles = titles_of(proposals)

    assert set(titles.values()) == {"ลงนาม"}


def test_titles_of_tell_a_new_record_and_one_that_is_gone(note, city):
    fresh, gone = make_proposal(place=city.slug), make_proposal(key="999999", place=city.slug)

    assert titles_of([fresh, gone])[gone.pk] == "note"
    assert "note" in titles_of([fresh, gone])[fresh.pk]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"title_th": " ห้องเรียน 360 องศา "}, ": ห้องเรียน 360 องศา"),
        ({"name_en": "River school"}, ": River school"),
        ({"title_th": "ก" * 200}, f": {'ก' * 79}…"),
        ({"title_th": "", "text_th": "ลงนาม"}, ""),
    ],
)
def test_title_of_something_new_says_what_it_is_called(city, values, named):
    fresh = make_proposal(place=city.slug, values=values)

    assert titles_of([fresh])[fresh.pk] == title_of(fresh) == f"ใหม่: note{named}"
