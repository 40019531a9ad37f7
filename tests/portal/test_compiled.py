import pytest
from django.db.models import Value

from learningcity.cities.models import MembershipStatus, Office
from learningcity.portal.queries.compiled import Compiled
from tests.factories.cities import make_city, make_membership, make_office

pytestmark = pytest.mark.django_db


def test_compiled_gives_what_the_queryset_gives_for_each_value():
    offices = Compiled(lambda city: Office.objects.filter(city=city).order_by("pk"))
    cities = [make_city(), make_city()]
    made = [make_office(city=city, starts_on=None) for city in (cities[0], cities[1], cities[0])]

    assert offices(cities[0].pk) == [made[0], made[2]]
    assert offices(cities[1].pk) == [made[1]]
    assert offices(cities[1].pk)[0].__dict__.keys() == Office.objects.get(pk=made[1].pk).__dict__.keys()


def test_compiled_asks_once_for_what_is_followed(django_assert_num_queries):
    membership = make_membership()
    statuses = Compiled(
        lambda city: MembershipStatus.objects.filter(membership__city=city).select_related("membership__network")
    )

    with django_assert_num_queries(1):
        (status,) = statuses(membership.city_id)
        assert status.membership.network == membership.network


def test_compiled_keeps_annotations_and_other_parameters():
    city = make_city()
    make_office(city=city, kind="governor")
    mayor = make_office(city=city)
    mayors = Compiled(lambda city: Office.objects.filter(kind="mayor", city=city).annotate(seal=Value("red")))

    assert [(office, office.seal) for office in mayors(city.pk)] == [(mayor, "red")]


def test_compiled_gives_nothing_for_what_is_not_there():
    assert Compiled(lambda city: Office.objects.filter(city=city))(make_city().pk) == []
