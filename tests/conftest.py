import gc
from collections.abc import Iterator
from itertools import count

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from tests.database import empty, migrated

NUMBERS = count()


def pytest_configure() -> None:
    # No collected files and no slow hashing in tests; everything else is as on the site.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # What tests and conformance runs take is nobody's use.
    settings.COUNT_USES = False
    TransactionTestCase._fixture_teardown = empty


def pytest_collection_finish() -> None:
    # What was read to find the tests stays to the end: nobody needs to look again and again whether it is garbage.
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    gc.unfreeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    """Make the database of this process as a copy of one that was migrated once."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture(autouse=True)
def _own_files(settings: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name folders that nobody used; they are made by whoever puts something in."""
    own = tmp_path_factory.getbasetemp() / "files" / str(next(NUMBERS))
    settings.MEDIA_ROOT = own / "media"  # type: ignore[attr-defined]
    settings.TABLE_SHELF = own / "tables"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    """Pages remember what they read until something is changed; a test that is rolled back changes nothing."""
    yield
    from learningcity.interfaces.actions.allowances import forget
    from learningcity.interfaces.api.memory import MEMORY
    from learningcity.interfaces.queries.features import known_features
    from learningcity.opendata.queries.tables import known_offer
    from learningcity.portal.queries.home import known_home_page
    from learningcity.portal.views.cities import known_of, known_years
    from learningcity.portal.views.network import known_answer

    for known in (known_answer, known_home_page, known_of, known_years, known_features, known_offer):
        known.cache_clear()
    MEMORY.forget()
    # Nor does anybody have asked too often because of the tests before.
    forget()
