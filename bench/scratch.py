"""Databases that only the bench knows: the real data, and the same with synthetic cities up to a given number."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from learningcity.config.launch.local import ROOT, python, state_folder
from learningcity.config.launch.prepare import finish, start
from learningcity.config.launch.server import OWNER, SITE, Server

# What the rows depend on; while it is the same, the databases of the last time are taken again.
MADE_FROM = (
    "data",
    "learningcity/*/migrations",
    "learningcity/portal/actions",
    "learningcity/search",
    "learningcity/common/thai",
)
# What would make the site believe that it is in production.
FOREIGN = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_HOST", "S3_BUCKET", "SENTRY_DSN", "BEHIND_PROXY")


@dataclass(frozen=True)
class Scratch:
    """One database with so many cities, what it took to fill it, and how to reach it."""

    cities: int
    variables: dict[str, str]
    megabytes: float
    filled_in_s: float
    postmaster: int


@contextlib.contextmanager
def scratch_databases(sizes: list[int], *, fresh: bool) -> Iterator[list[Scratch]]:
    """Provide one database for each number of cities while the block runs; the first number is that of the real data.

    They stay for a next time; with ``fresh`` they are filled anew even if nothing has changed.
    """
    stamp = state_folder() / "bench" / "made-from"
    if not stamp.exists() or stamp.read_text() != fingerprint():
        fresh = True
    with Server(state_folder() / "bench" / "postgres").hold() as server:
        stamp.unlink(missing_ok=True)
        seconds = dict.fromkeys(sizes, 0.0)
        for before, size in zip([0, *sizes], sizes, strict=False):
            began = time.perf_counter()
            if fresh or not exists(server, size):
                fill(server, size, before)
                seconds[size] = time.perf_counter() - began
        stamp.write_text(fingerprint())
        yield [describe(server, size, seconds[size]) for size in sizes]


def fingerprint() -> str:
    """Return a value that changes with the data and with the code that turns it into rows."""
    files = sorted(path for name in MADE_FROM for top in ROOT.glob(name) for path in top.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        if "__pycache__" not in path.parts:
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def exists(server: Server, size: int) -> bool:
    with psycopg.connect(server.url(OWNER, "postgres")) as connection:
        found = connection.execute("select from pg_database where datname = %s", [f"bench_{size}"]).fetchone()
        return found is not None


def fill(server: Server, size: int, before: int) -> None:
    """Make the database with so many cities out of the one with fewer, or out of nothing.

    :raises CannotStart: if a step fails.
    """
    unfinished = "bench_unfinished"
    with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists {unfinished} with (force)")
        connection.execute(f"create database {unfinished}" + (f" template bench_{before}" if before else ""))
    variables = environment(server, unfinished)
    if before:
        command = python("manage.py", "scale_data", str(size), "--verbosity", "0")
        subprocess.run(command, env=variables, cwd=ROOT, check=True)
    else:
        for step in ("tables", "files", "rows"):
            finish(step, start(step, variables))
    with psycopg.connect(server.url(OWNER, unfinished), autocommit=True) as connection:
        connection.execute("vacuum analyze")
    with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists bench_{size} with (force)")
        connection.execute(f"alter database {unfinished} rename to bench_{size}")


def describe(server: Server, size: int, seconds: float) -> Scratch:
    """Return what is in a database and how to reach it; nought seconds where it was there already."""
    name = f"bench_{size}"
    query = "select (select count(*) from cities_city), pg_database_size(current_database()) / 1e6"
    with psycopg.connect(server.url(OWNER, name)) as connection:
        cities, megabytes = connection.execute(query).fetchone()
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    return Scratch(cities, environment(server, name), float(megabytes), seconds, postmaster)


def environment(server: Server, name: str) -> dict[str, str]:
    """Return the variables for processes of the site on this database."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN} | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LEARNINGCITY_DEMO": "1",
        "LEARNINGCITY_STATE": str(state_folder() / "bench"),
        "DATABASE_URL": server.url(SITE, name),
        "DATABASE_OWNER_URL": server.url(OWNER, name),
    }
