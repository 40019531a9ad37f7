#!/usr/bin/env python3
"""Django's commands. On the local database they are called through ./run manage, which starts it first."""

import os
import sys

from django.core.management import execute_from_command_line

from learningcity.config.owner import OWNER_COMMANDS, become_owner


def main(words: list[str]) -> None:
    """Run one command, those that change tables as the owner of the tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcity.config.settings")
    if OWNER_COMMANDS.intersection(words[1:2]):
        become_owner()
    execute_from_command_line(words)


if __name__ == "__main__":
    main(sys.argv)
