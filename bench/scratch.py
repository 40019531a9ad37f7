"""Databases that only the bench knows: the real data, and the same with synthetic cities up to a given number."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from learningcity.config.launch.local import ROOT, python, state_folder
from learningcity.config.launch.prepare import finish, start
from learningcity.config.launch.server import OWNER, SITE, Server

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
def scratch_databases(sizes: list[int]) -> Iterator[list[Scratch]]:
    """Provide one database for each number of cities while the block runs; the first number is that of the real data."""
    folder = state_folder() / "bench"
    with Server(folder / "postgres").hold() as server:
        try:
            yield [fill(server, size, before) for before, size in zip([0, *sizes], sizes, strict=False)]
        finally:
            with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as connection:
                for size in sizes:
                    connection.execute(f"drop database if exists bench_{size} with (force)")


def fill(server: Server, size: int, before: int) -> Scratch:
    """Make the database with so many cities out of the one with fewer, or out of nothing.

    :raises CannotStart: if a step fails.
    """
    began = time.perf_counter()
    name = f"bench_{size}"
    with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}" + (f" template bench_{before}" if before else ""))
    variables = environment(server, name)
    if before:
        subprocess.run(python("manage.py", "scale_data", str(size)), env=variables, cwd=ROOT, check=True)
    else:
        for step in ("tables", "files", "rows"):
            finish(step, start(step, variables))
    with psycopg.connect(server.url(OWNER, name), autocommit=True) as connection:
        connection.execute("vacuum analyze")
        cities = connection.execute("select count(*) from cities_city").fetchone()[0]
        megabytes = connection.execute("select pg_database_size(current_database()) / 1e6").fetchone()[0]
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    return Scratch(cities, variables, float(megabytes), time.perf_counter() - began, postmaster)


def environment(server: Server, name: str) -> dict[str, str]:
    """Return the variables for processes of the site on this database."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN} | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LEARNINGCITY_DEMO": "1",
        "LEARNINGCITY_STATE": str(state_folder() / "bench"),
        "DATABASE_URL": server.url(SITE, name),
        "DATABASE_OWNER_URL": server.url(OWNER, name),
    }
