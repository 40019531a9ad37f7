import pytest
from django.utils import translation

from learningcity.notices import queries, registry
from learningcity.notices.models import Notice
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_province, make_role
from tests.factories.notices import KIND, make_notice

pytestmark = pytest.mark.django_db


def tell_about_cities(reader, count):
    """Tell a person something about so many cities, all of one province, of which there are not many."""
    province = make_province()
    cities = [make_city(province=province) for _ in range(count)]
    return [make_notice(recipient=reader, record=f"cities.City:{city.pk}") for city in cities]


def test_unread_count_ends_at_ten(django_assert_num_queries):
    reader = make_user()
    tell_about_cities(reader, 12)

    with django_assert_num_queries(2):
        assert queries.unread_count(reader) == 10


def test_unread_count_of_nothing_asks_once(django_assert_num_queries):
    reader = make_user()

    with django_assert_num_queries(1):
        assert queries.unread_count(reader) == 0


def test_unread_count_looks_behind_what_may_not_be_seen(monkeypatch):
    reader = make_user()
    seen = make_notice(recipient=reader)
    hidden = {notice.pk for notice in tell_about_cities(reader, 30)}
    text = registry.Text(title=str, allowed=lambda user, notice: notice.pk not in hidden)
    monkeypatch.setitem(registry.texts, KIND, text)

    assert queries.unread_count(reader) == 1
    assert queries.newest(queries.notices_of(reader), reader, 25).notices == [seen]


def test_search_for_what_may_be_seen_goes_on_at_the_next_request(may_not):
    reader = make_user()
    may_not.add(reader.pk)
    tell_about_cities(reader, 30)

    lot = queries.newest(queries.notices_of(reader), reader, 1)

    assert lot.notices == []
    assert queries.notices_of(reader).filter(pk__lt=lot.before).count() == 30 - 2 * queries.LOOKS


@pytest.mark.parametrize(("count", "words"), [(0, "Notices"), (1, "1 unread notice"), (2, "2 unread notices")])
def test_way_to_the_notices_says_how_many_are_unread(count, words):
    reader = make_user()
    tell_about_cities(reader, count)

    with translation.override("en"):
        assert queries.unread_in_words(reader) == words


def test_closed_account_sees_nothing():
    notice = make_notice(recipient=make_user(is_active=False))

    assert queries.visible([notice], notice.recipient) == []


@pytest.mark.parametrize(
    ("kind", "record"), [("sample.unknown", "cities.City:1"), (KIND, "cities.City:4711"), (KIND, "cities.Gone:1")]
)
def test_notice_about_what_is_no_more_is_not_shown(kind, record):
    notice = make_notice(kind=kind, record=record)

    assert queries.visible([notice], notice.recipient) == []


def test_records_are_fetched_once_with_what_belongs_to_them(monkeypatch, django_assert_num_queries):
    text = registry.Text(
        title=lambda notice: notice.about.city.name_en, allowed=lambda user, notice: True, related=("city", "user")
    )
    monkeypatch.setitem(registry.texts, KIND, text)
    reader = make_user()
    for name in ("First", "Second"):
        role = make_role(city=make_city(name_en=name))
        make_notice(recipient=reader, record=f"cities.Role:{role.pk}")

    with django_assert_num_queries(2):
        lot = queries.newest(Notice.objects.all(), reader, 5)
        lines = [queries.line(notice).title for notice in lot.notices]

    assert lines == ["Second", "First"]


def test_address_of_an_upper_app_goes_before_the_registered_one(monkeypatch):
    notice = make_notice()
    [shown] = queries.visible([notice], notice.recipient)
    before = registry.address_of(shown)

    monkeypatch.setitem(registry.leads, KIND, lambda notice: "/workspace/sample/")

    assert (before, registry.address_of(shown)) == (f"/cities/{shown.about.slug}/", "/workspace/sample/")


def test_notice_that_leads_nowhere_leads_to_the_list(monkeypatch):
    text = registry.Text(title=str, allowed=lambda user, notice: True)
    monkeypatch.setitem(registry.texts, KIND, text)

    assert registry.address_of(make_notice()) == "/notices/"
