"""A pytest plugin: the tests' own PostgreSQL, started before pytest-django reads the settings.

It lives in its own folder and never waits for the disk, because a test's rows are worth nothing tomorrow.
LEARNINGCITY_TEST_DB names the database, for several runs side by side.
"""

import contextlib
import os
from pathlib import Path

import pytest

from learningcity.config.launch.local import ROOT
from learningcity.config.launch.server import OWNER, Server

HASTE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "max_connections=200",
)
RUNNING = contextlib.ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the server, before pytest-django's hook of the same name reads the settings."""
    folder = Path(os.environ.get("LEARNINGCITY_TEST_STATE") or ROOT / ".local" / "tests")
    server = RUNNING.enter_context(Server(folder / "postgres", *HASTE).hold())
    name = os.environ.get("LEARNINGCITY_TEST_DB", "test_learningcity").removeprefix("test_")
    for foreign in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_HOST", "S3_BUCKET", "SENTRY_DSN", "BEHIND_PROXY"):
        os.environ.pop(foreign, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="learningcity.config.settings",
        LEARNINGCITY_DEMO="1",
        LEARNINGCITY_STATE=str(folder),
        DATABASE_URL=server.url(OWNER, name),
        DATABASE_OWNER_URL=server.url(OWNER, name),
    )


def pytest_unconfigure() -> None:
    RUNNING.close()
