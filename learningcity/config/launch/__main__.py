"""`python -m learningcity.config.launch start|manage|backup|restore`, called by ./run."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from learningcity.config.launch.local import environment, state_folder
from learningcity.config.launch.problems import CannotStart, explain
from learningcity.config.launch.site import start_site


def main(words: list[str]) -> None:
    """Do what ./run was asked to do.

    :raises CannotStart: with the reason, if it cannot be done.
    """
    command, arguments = words[0], words[1:]
    if command == "manage":
        manage(arguments)
        return
    parser = argparse.ArgumentParser(prog=f"./run {command}", allow_abbrev=False)
    parser.add_argument("--state", type=Path, default=state_folder(), help="folder for database and files")
    if command == "start":
        parser.prog = "./run"
        parser.add_argument("--port", type=int, default=8000)
        options = parser.parse_args(arguments)
        start_site(options.port, options.state.absolute())


def manage(arguments: list[str]) -> None:
    """Run one Django command on the local database."""
    with environment(state_folder()) as variables:
        os.environ.update(variables)
        import manage

        manage.main(["./run manage", *arguments])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(explain(problem))
