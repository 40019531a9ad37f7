"""A pytest plugin: which standard a test proves, and by which program of others.

``@proves("OAI-PMH 2.0", by="sickle")`` on a test, or in a module's ``pytestmark``. With LEARNINGCITY_RECORD_PROOFS=1 the
run writes what was proven to data/conformance.json, which the page /conformance/ shows. A standard of which any test
failed keeps the proof that it had.
"""

import datetime as dt
import json
import os
import subprocess
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / "data" / "conformance.json"
passed: Counter[tuple[str, str]] = Counter()
failed: set[tuple[str, str]] = set()


def proves(standard: str, *, by: str) -> pytest.MarkDecorator:
    """Say that a test proves a standard (portal/registry/standards.py) by a program of others, named as on PyPI."""
    return pytest.mark.proves(standard, by=by)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "proves(standard, by): proves a standard by a program of others")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the report of the test say what it proves; it goes from the process that ran it to the one that writes."""
    for mark in item.iter_markers("proves"):
        item.user_properties.append(("proves", (mark.args[0], mark.kwargs["by"])))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for name, value in report.user_properties:
        if name == "proves":
            proof = tuple(value)
            if report.failed:
                failed.add(proof)
            elif report.when == "call" and report.passed:
                passed[proof] += 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("LEARNINGCITY_RECORD_PROOFS") == "1" and not hasattr(session.config, "workerinput"):
        record(FILE, {proof: checks for proof, checks in passed.items() if proof not in failed})


def record(file: Path, proven: dict[tuple[str, str], int]) -> None:
    """Write what was proven, beside what earlier runs proved of other standards."""
    known = json.loads(file.read_text())["proofs"] if file.exists() else []
    said = {(proof["standard"], proof["tool"]): proof for proof in known}
    for (standard, tool), checks in proven.items():
        said[standard, tool] = {
            "standard": standard,
            "tool": tool,
            "tool_version": version(tool),
            "checks": checks,
            "proven_on": dt.datetime.now(dt.UTC).date().isoformat(),
            "commit": commit(),
        }
    content = {"proofs": [said[key] for key in sorted(said)]}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def commit() -> str:
    """Return the short name of the commit, with a plus sign where the program differs from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "learningcity", "tests", "pyproject.toml")
    return git("rev-parse", "--short=10", "HEAD") + ("+" if changed else "")
