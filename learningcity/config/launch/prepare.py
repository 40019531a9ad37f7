"""From an empty database to one with tables, data and sample accounts; skipped when nothing has changed since.

Runs as a process of its own, once as the owner for the tables and once as the site for the rows:
`python -m learningcity.config.launch.prepare tables|files|rows`. Django is imported by these steps only, because that
takes longer than finding out that nothing has changed.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from learningcity.config.launch.local import ROOT, python
from learningcity.config.launch.problems import CannotStart
from learningcity.config.owner import become_owner

# Files of other packages that no page links to; compressing them would take longer than all the rest.
UNUSED_FILES = [
    "htmx-4*",
    "htmax-*",
    "hx-*-4*",
    "htmx-2.js",
    "jquery.js",
    "select2.full.js",
    "xregexp.js",
    "*.md",
    "LICENSE*",
]
WATCHED = ("learningcity", "data", "requirements.lock")


def prepare(state: Path, variables: dict[str, str]) -> None:
    """Bring tables, static files and rows up to date, unless the last start left them so.

    :raises CannotStart: if a step fails.
    """
    stamp = state / "prepared"
    now = fingerprint(variables)
    if stamp.exists() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    print("Preparing the database and the files (after a change only) ...", flush=True)
    files = start("files", variables)
    finish("tables", start("tables", variables))
    finish("rows", start("rows", variables))
    finish("files", files)
    stamp.write_text(now)


def start(step: str, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(python("-m", "learningcity.config.launch.prepare", step), env=variables, cwd=ROOT)


def finish(step: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for a step.

    :raises CannotStart: if it failed; its own words stand above.
    """
    if process.wait():
        raise CannotStart(f"The {step} could not be prepared; the reason stands above.")


def fingerprint(variables: dict[str, str]) -> str:
    """Return a value that changes with the code, the data, the packages and the database."""
    digest = hashlib.sha256(variables["DATABASE_URL"].encode())
    for path, status in sorted(watched_files()):
        digest.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def watched_files() -> Iterator[tuple[str, os.stat_result]]:
    for name in WATCHED:
        top = ROOT / name
        if top.is_file():
            yield name, top.stat()
        for folder, folders, files in os.walk(top):
            folders[:] = [each for each in folders if each != "__pycache__"]
            for file in files:
                path = Path(folder, file)
                yield str(path), path.stat()


def prepare_tables() -> None:
    """Migrate as the owner."""
    become_owner()
    command = commands()
    command("migrate", verbosity=0, interactive=False)
    command("createcachetable", verbosity=0)


def prepare_files() -> None:
    """Collect and compress what browsers fetch."""
    commands()("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED_FILES)


def prepare_rows() -> None:
    """Load the data and, in the demo, make the sample accounts; keep what the command says about them."""
    command = commands()
    command("load_data", verbosity=0)
    if os.environ.get("LEARNINGCITY_DEMO"):
        said = io.StringIO()
        command("sample_accounts", stdout=said)
        accounts = Path(os.environ["LEARNINGCITY_STATE"]) / "sample-accounts.txt"
        accounts.write_text(said.getvalue(), encoding="utf-8")


def commands() -> Callable[..., object]:
    """Return Django's call_command, ready to be used."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    return call_command


STEPS = {"tables": prepare_tables, "files": prepare_files, "rows": prepare_rows}


def main(step: str) -> None:
    """Take one step; a command that refuses says why in its own words."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import CommandError  # noqa: PLC0415

    try:
        STEPS[step]()
    except (CommandError, ImproperlyConfigured) as problem:
        sys.exit(str(problem))
    except Exception as problem:
        if "No space left on device" in str(problem):
            sys.exit("The disk is full: free some space, then run again.")
        raise


if __name__ == "__main__":
    main(sys.argv[1])
