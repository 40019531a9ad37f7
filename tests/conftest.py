from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection


def pytest_configure() -> None:
    # No collected files and no slow hashing in tests; everything else is as on the site.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # What tests and conformance runs take is nobody's use.
    settings.COUNT_USES = False


@pytest.fixture(autouse=True)
def _own_files(settings: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")  # type: ignore[attr-defined]
    settings.TABLE_SHELF = tmp_path_factory.mktemp("tables")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """The cache is a table: a test without a database cannot fill it, one in a transaction leaves nothing behind."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        cache.clear()


@pytest.fixture(autouse=True)
def _no_jobs_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Jobs are rows that Django does not manage, so it leaves them for the next test when it empties the tables."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    """Pages remember what they read until something is changed; a test that is rolled back changes nothing."""
    yield
    from learningcity.interfaces.actions.allowances import forget
    from learningcity.interfaces.api.memory import MEMORY
    from learningcity.interfaces.queries.features import known_features
    from learningcity.portal.queries.home import known_home_page
    from learningcity.portal.views.cities import known_of, known_years
    from learningcity.portal.views.network import known_answer

    for known in (known_answer, known_home_page, known_of, known_years, known_features):
        known.cache_clear()
    MEMORY.forget()
    # Nor does anybody have asked too often because of the tests before.
    forget()
