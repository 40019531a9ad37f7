import pytest
from django.db import IntegrityError

from tests.factories.library import make_place, make_resource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "wish"},
        {"subject": ""},
        {"theme": "fun"},
        {"format": "smell"},
        {"license": "mine"},
        {"cost": "much"},
        {"levels": ["moon"]},
        {"audiences": ["cats"]},
        {"languages": ["xx"]},
        {"access": ["wings"]},
    ],
)
def test_resource_in_other_words_is_refused(wrong):
    with pytest.raises(IntegrityError, match="known_words"):
        make_resource(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"latitude": "16.4"}, {"longitude": "102.8"}, {"latitude": "48.85", "longitude": "2.35"}]
)
def test_place_half_on_the_map_or_far_away_is_refused(wrong):
    with pytest.raises(IntegrityError, match="thailand"):
        make_place(**wrong)


def test_resource_and_place_are_called_by_their_names():
    resource, place = make_resource(title_th="หนังสือ"), make_place(name_th="ห้องสมุด")

    assert (str(resource), str(place)) == ("หนังสือ", "ห้องสมุด")
