import pytest

from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role


@pytest.fixture
def city():
    return make_city(slug="nakhon-tua-yang", name_th="นครตัวอย่าง", name_en="Sample City")


@pytest.fixture
def editor(city):
    return make_role(city=city).user


@pytest.fixture
def approver(city):
    return make_role(city=city, kind="approver").user


@pytest.fixture(params=["nobody", "of another city"])
def stranger(request):
    """Somebody with an account and no role, and then an approver of another city."""
    return make_user() if request.param == "nobody" else make_role(kind="approver").user
