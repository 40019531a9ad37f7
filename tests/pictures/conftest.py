import pytest
from django.utils.translation import override

from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role


@pytest.fixture
def city():
    return make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")


@pytest.fixture
def officer(city):
    return make_role(city=city, kind="editor").user


@pytest.fixture
def approver(city):
    return make_role(city=city, kind="approver").user


@pytest.fixture
def neighbor():
    """The officer of another city, who may do there what the officer may do here."""
    return make_role(kind="approver").user


@pytest.fixture
def stranger():
    return make_user()


@pytest.fixture
def _english():
    with override("en"):
        yield
