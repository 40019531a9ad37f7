from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from learningcity.portal.actions import load


@pytest.fixture
def _django_db_helper() -> None:
    """Leave out pytest-django's transaction of each test: here one goes round all tests of a module."""


@pytest.fixture(scope="module", autouse=True)
def _real_data(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The files under data/, loaded once for the tests of a module, which only read, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:  # type: ignore[attr-defined]
        # What the search makes of the data is tested with the search.
        patch.setattr(load, "reindex_all", lambda: None)
        load.load_folder(settings.ROOT / "data")
        yield
        transaction.set_rollback(True)
