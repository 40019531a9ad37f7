"""The streams of records that are handed out."""

import pytest

from learningcity.interfaces.registry import feeds, offer
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.factories.practices import make_practice

pytestmark = pytest.mark.django_db


def test_other_methods_are_not_allowed(client):
    assert client.put("/oai").status_code == 405


def test_a_feed_has_a_name_of_its_own():
    first = feeds()[0]
    offer(first)

    with pytest.raises(ValueError, match="already"):
        offer(type(first)(name=first.name, title=first.title, records=list, find=print, earliest=print))


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_many(client, count, django_assert_num_queries):
    for number in range(count):
        make_version(dataset=make_dataset(), parts=[make_part(b"a\n%d\n" % number)])
        make_practice()

    # Two feeds of moderation, each asking for its records and its tombstones, one of them for its loads too, and one of datasets.
    with django_assert_num_queries(10):
        client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc")
