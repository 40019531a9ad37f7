"""The few commands that change tables connect as the role that owns them; everything else never does."""

import os

OWNER_COMMANDS = {"createcachetable", "flush", "makemigrations", "migrate", "optimizemigration", "squashmigrations"}


def become_owner() -> None:
    """Let this process connect as DATABASE_OWNER_URL, where one is given. Must come before the settings are read."""
    if url := os.environ.get("DATABASE_OWNER_URL"):
        os.environ["DATABASE_URL"] = url
