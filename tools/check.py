"""./run check: everything that can be said about the code without running a test, one line each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MOST_LINES = 80
# Enough of an environment to read the settings as the local site does; no database is needed.
LOCAL = {"LEARNINGCITY_DEMO": "1", "DJANGO_SETTINGS_MODULE": "learningcity.config.settings"}
# A production that exists nowhere: what Django says about its settings is what it would say about the real one.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "learningcity.config.settings",
    "SECRET_KEY": "a-key-of-no-site-long-enough-and-with-many-different-letters-0123456789",
    "ALLOWED_HOSTS": "cities.example.org",
    "DATABASE_URL": "postgresql://learningcity_app@database.example.org/learningcity",
    "SITE_URL": "https://cities.example.org",
    "EMAIL_HOST": "mail.example.org",
    "CONTACT_EMAIL": "hello@example.org",
    "DEFAULT_FROM_EMAIL": "hello@example.org",
}


@dataclass(frozen=True)
class Check:
    """One question about the code, and the command that answers it."""

    name: str
    command: list[str | Path]
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What a command said, and how long it took."""

    check: Check
    passed: bool
    words: str
    seconds: float


def checks() -> list[Check]:
    """Return all checks, the slow ones first."""
    python = Path(sys.executable)
    templates = sorted(path for path in (ROOT / "learningcity").rglob("templates/**/*.html"))
    return [
        Check("types", [BIN / "mypy"], LOCAL),
        Check("migrations", [python, "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"], LOCAL),
        Check("production", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Check("contracts", [BIN / "lint-imports", "--no-logo"]),
        Check("translations", [python, "manage.py", "messages", "--check"], LOCAL),
        Check("style", [BIN / "ruff", "check", "."]),
        Check("format", [BIN / "ruff", "format", "--check", "."]),
        Check("templates", [BIN / "djade", "--check", "--target-version", "5.2", *templates]),
    ]


def ask(check: Check) -> Answer:
    """Run one check."""
    started = time.perf_counter()
    environment = {key: value for key, value in os.environ.items() if key not in PRODUCTION} | check.variables
    process = subprocess.run(check.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Answer(check, process.returncode == 0, process.stdout + process.stderr, time.perf_counter() - started)


def shortened(words: str) -> str:
    """Return the last words of a command; nobody reads more than a screen and a half."""
    lines = words.rstrip().splitlines()
    left_out = len(lines) - MOST_LINES
    return "\n".join([f"... {left_out} lines before", *lines[-MOST_LINES:]] if left_out > 0 else lines)


def main() -> int:
    """Run all checks, two at a time, and return how many failed."""
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for answer in pool.map(ask, checks()):
            failed += not answer.passed
            print(
                f"{'ok    ' if answer.passed else 'FAILED'}  {answer.check.name:<14}{answer.seconds:5.1f} s", flush=True
            )
            if not answer.passed:
                print(shortened(answer.words), flush=True)
    print("All checks passed." if not failed else f"{failed} of {len(checks())} checks failed.")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
