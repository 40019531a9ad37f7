"""Who and what several folders of tests meet. A conftest names what it takes over."""

import pytest

from learningcity.accounts.models import User
from learningcity.cities.models import City, Milestone
from learningcity.cities.queries import roles_of
from tests.factories import imports, moderation
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator
from tests.factories.sources import make_source

# --- A city and its notes ---------------------------------------------------------------------------------------------


@pytest.fixture
def city() -> City:
    return make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")


@pytest.fixture
def officer(city: City) -> User:
    return moderation.make_officer(city)


@pytest.fixture
def approver(city: City) -> User:
    return moderation.make_officer(city, kind="approver")


@pytest.fixture
def stranger() -> User:
    """The officer and approver of another city."""
    return moderation.make_officer(make_city(), kind="approver")


@pytest.fixture
def note(city: City) -> Milestone:
    return moderation.make_note(city=city)


# --- A spreadsheet ----------------------------------------------------------------------------------------------------


@pytest.fixture
def officers() -> tuple[User, User]:
    """An editor and an approver of the same city."""
    return imports.make_officers()


@pytest.fixture
def place(officers: tuple[User, User]) -> str:
    return roles_of(officers[0]).get().city.slug


@pytest.fixture
def content() -> bytes:
    """A table of one row that is right and one that is wrong."""
    make_indicator(slug="learners")
    make_source(slug="report")
    wrong = ("learners", "", "wrong", "2566", "report")
    return imports.text([imports.HEADINGS, ("learners", "", "1", "2567", "report"), wrong])
