import datetime as dt

import pytest

from learningcity.opendata.queries import observations_of_city, observations_of_network, series
from tests.factories.cities import make_city, make_network
from tests.factories.opendata import make_indicator, make_observation

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 9, 17)


def test_observations_of_a_city_follow_the_indicators_and_start_with_the_latest():
    city = make_city()
    second, first = make_indicator(position=2), make_indicator(position=1)
    old = make_observation(city=city, indicator=first, observed_on=dt.date(2018, 1, 1))
    other = make_observation(city=city, indicator=second)
    new = make_observation(city=city, indicator=first, observed_on=DAY)
    make_observation(indicator=first)

    assert list(observations_of_city(city)) == [new, old, other]


def test_observations_of_a_network_are_its_own():
    network = make_network()
    own = make_observation(network=network)
    make_observation()

    assert list(observations_of_network(network)) == [own]


def test_series_keep_all_numbers_of_an_indicator_together():
    city, indicator = make_city(), make_indicator(position=1)
    old = make_observation(city=city, indicator=indicator, observed_on=dt.date(2018, 1, 1))
    new = make_observation(city=city, indicator=indicator)
    make_observation(city=city, indicator=make_indicator(position=2))

    first, second = series(observations_of_city(city))

    assert (first.latest, first.others) == (new, [old])
    assert (second.others, second.is_contradicted) == ([], False)


@pytest.mark.parametrize(
    ("changes", "contradicted"),
    [
        ({"value": 62}, False),
        ({"value": 59}, True),
        ({"value": 62, "qualifier": "more_than"}, True),
        ({"value": 59, "observed_on": dt.date(2018, 1, 1)}, False),
    ],
)
def test_series_is_contradicted_where_numbers_of_one_moment_differ(changes, contradicted):
    city, indicator = make_city(), make_indicator()
    make_observation(city=city, indicator=indicator, value=62)
    make_observation(city=city, indicator=indicator, **changes)

    (only,) = series(observations_of_city(city))

    assert only.is_contradicted == contradicted
