"""The local life of the platform: which folder, which database, which environment."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from learningcity.config.launch.problems import insist_on_folder
from learningcity.config.launch.server import OWNER, SITE, Server

ROOT = Path(__file__).resolve().parents[3]


def state_folder() -> Path:
    """Return the folder for database and files."""
    return Path(os.environ.get("LEARNINGCITY_STATE") or ROOT / ".local").absolute()


@contextlib.contextmanager
def environment(state: Path) -> Iterator[dict[str, str]]:
    """Provide the variables for every process of the platform, and the database behind them while the block runs.

    A DATABASE_URL that is given is used as it is; the server of our own then stays asleep.

    :raises CannotStart: if the folder cannot be written to or the database does not start.
    """
    insist_on_folder(state)
    variables = dict(os.environ, LEARNINGCITY_STATE=str(state), DJANGO_SETTINGS_MODULE="learningcity.config.settings")
    # With a secret key in the environment this is production, where nothing of the demo may be.
    if not os.environ.get("SECRET_KEY"):
        variables["LEARNINGCITY_DEMO"] = "1"
        # Whoever tries out a program on their own machine keeps nobody else waiting.
        variables.setdefault("QUESTIONS_A_MINUTE", "30000")
    if os.environ.get("DATABASE_URL"):
        yield variables
        return
    with Server(state / "postgres").hold() as server:
        yield variables | {"DATABASE_URL": server.url(SITE), "DATABASE_OWNER_URL": server.url(OWNER)}


def python(*words: str) -> list[str]:
    """Return the command line that runs this Python on these words."""
    return [sys.executable, *words]
