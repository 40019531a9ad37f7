from dataclasses import dataclass

import pytest

from learningcity.accounts.models import User
from learningcity.cities.models import City
from learningcity.partners.models import Organization
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.partners import make_clerk, make_organization


@dataclass(frozen=True)
class Cast:
    """A city with its officers, a partner with its clerk, and everybody who has no business with them."""

    city: City
    organization: Organization
    editor: User
    approver: User
    clerk: User
    secretary: User
    strangers: list[User]


@pytest.fixture
def cast():
    city = make_city()
    organization = make_organization(home=city)
    return Cast(
        city=city,
        organization=organization,
        editor=make_role(kind="editor", city=city).user,
        approver=make_role(kind="approver", city=city).user,
        clerk=make_clerk(organization=organization).user,
        secretary=make_role(kind="secretariat").user,
        strangers=[
            make_user(),
            # The officers of another city, the clerk of another organization.
            make_role(kind="approver").user,
            make_role(kind="editor").user,
            make_clerk().user,
        ],
    )
