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
    options = read_options(command, arguments)
    state = options.state.absolute()
    if command == "start":
        start_site(options.port, state)
        return
    # Here, because the driver takes half a second that a start can do without.
    from learningcity.config.launch import archive  # noqa: PLC0415

    if command == "backup":
        archive.back_up(options.file, state)
    else:
        archive.restore(options.file, state, replace=options.replace)


def read_options(command: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run" if command == "start" else f"./run {command}", allow_abbrev=False)
    parser.add_argument("--state", type=Path, default=state_folder(), help="the folder for database and files")
    if command == "start":
        parser.add_argument("--port", type=int, default=8000, help="the port of the web server (8000)")
    else:
        parser.add_argument("file", type=Path, help="the archive")
    if command == "restore":
        parser.add_argument("--replace", action="store_true", help="replace what is there; it is backed up first")
    return parser.parse_args(arguments)


def manage(arguments: list[str]) -> None:
    """Run one Django command on the local database."""
    with environment(state_folder()) as variables:
        os.environ.update(variables)
        # Here, because it needs the variables above.
        import manage  # noqa: PLC0415

        manage.main(["./run manage", *arguments])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(explain(problem))
