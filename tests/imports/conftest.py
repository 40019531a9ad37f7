import pytest
from django.utils import translation

from tests.factories.cities import make_role
from tests.factories.desks import content, officers, place

__all__ = ["content", "officers", "place"]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def secretary():
    return make_role(kind="secretariat", city=None).user
