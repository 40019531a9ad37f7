"""The database of our own, with real processes: what must hold whatever happens to those who use it."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from learningcity.config.launch.problems import CannotStart
from learningcity.config.launch.server import OWNER, SITE, Server

USER = """
import sys
from pathlib import Path
from learningcity.config.launch.server import Server

with Server(Path(sys.argv[1])).hold():
    print("up", flush=True)
    sys.stdin.readline()
"""


def use(folder):
    """Start a process that holds the server until it is told to let go."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def is_up(process):
    return process.stdout.readline() == "up\n"


def let_go(process):
    process.communicate("\n", timeout=30)
    return process.returncode


def postmaster(server):
    """Return the process id of the server, if it lives."""
    try:
        pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return None
    return pid


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for most tests here, because making a database takes a second."""
    return tmp_path_factory.mktemp("launch") / "postgres"


def test_server_is_shared_and_the_last_one_stops_it(folder):
    users = [use(folder) for _ in range(3)]
    all_up = [is_up(user) for user in users]
    running = []
    for user in users:
        running.append(postmaster(Server(folder)) is not None)
        let_go(user)

    assert (all_up, running) == ([True] * 3, [True] * 3)
    assert postmaster(Server(folder)) is None


def test_server_outlives_a_killed_user_and_stops_with_the_next(folder):
    victim = use(folder)
    is_up(victim)
    victim.kill()
    victim.communicate()
    left_running = postmaster(Server(folder))
    successor = use(folder)
    is_up(successor)
    let_go(successor)

    assert left_running is not None
    assert postmaster(Server(folder)) is None


def test_server_starts_again_after_it_was_killed(folder):
    with Server(folder).hold() as server, psycopg.connect(server.url(OWNER), autocommit=True) as connection:
        connection.execute("create table if not exists kept (word text)")
        connection.execute("insert into kept values ('rain')")
        os.kill(postmaster(server), signal.SIGKILL)

    with Server(folder).hold() as server, psycopg.connect(server.url(OWNER)) as connection:
        assert connection.execute("select word from kept").fetchall() == [("rain",)]


def test_server_lets_nobody_else_near_its_socket(folder):
    with Server(folder).hold() as server:
        mode = stat.S_IMODE(server.socket.stat().st_mode)
        with psycopg.connect(server.url(OWNER)) as connection:
            listening = connection.execute("show listen_addresses").fetchone()

    assert (mode, listening) == (0o700, ("",))


def test_server_refuses_a_socket_folder_that_others_made(folder, tmp_path):
    server = Server(folder)
    server.socket = tmp_path / "open"
    server.socket.mkdir()
    server.socket.chmod(0o777)

    with pytest.raises(CannotStart, match="open to others"), server.hold():
        pass


def test_site_role_reads_and_writes_rows_and_nothing_more(folder):
    with Server(folder).hold() as server:
        with psycopg.connect(server.url(OWNER), autocommit=True) as owner:
            owner.execute(
                "drop table if exists rows; create table rows (id int generated always as identity, word text)"
            )
        with psycopg.connect(server.url(SITE), autocommit=True) as site:
            site.execute("insert into rows (word) values ('one'); update rows set word = 'two'")
            refused = []
            for statement in ("truncate rows", "drop table rows", "create table mine (id int)", "set role postgres"):
                with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue)):
                    site.execute(statement)
                refused.append(statement)
            roles = site.execute(
                "select rolname, rolsuper, rolcreatedb from pg_roles where rolname like 'learningcity%' order by 1"
            ).fetchall()

    assert len(refused) == 4
    assert roles == [(SITE, False, False), (OWNER, False, True)]


def test_databases_made_by_the_owner_are_open_to_the_site(folder):
    with Server(folder).hold() as server:
        with psycopg.connect(server.url(OWNER, "postgres"), autocommit=True) as owner:
            owner.execute("drop database if exists scratch")
            owner.execute("create database scratch")
        with psycopg.connect(server.url(OWNER, "scratch"), autocommit=True) as owner:
            owner.execute("create table words (word text)")
        with psycopg.connect(server.url(SITE, "scratch")) as site:
            assert site.execute("select count(*) from words").fetchone() == (0,)


def test_server_lives_in_a_long_thai_path_with_spaces_and_quotes(tmp_path):
    folder = tmp_path / "เมืองแห่งการเรียนรู้ ของเรา" / ("l'ong " * 12).strip() / "postgres"
    with Server(folder).hold() as server, psycopg.connect(server.url(SITE)) as connection:
        assert connection.execute("select lower('เชียงใหม่ Chiang Mai')").fetchone() == ("เชียงใหม่ chiang mai",)


def test_server_opens_no_folder_of_others(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with Server(closed / "postgres").hold():
        modes = stat.S_IMODE(closed.stat().st_mode), stat.S_IMODE(Path(tmp_path).stat().st_mode)

    assert modes == (0o700, 0o700)


def test_server_says_which_version_made_its_data(folder):
    with Server(folder).hold() as server:
        pass
    version = (server.data / "PG_VERSION").read_text()
    (server.data / "PG_VERSION").write_text("15\n")
    try:
        with pytest.raises(CannotStart, match="was made by PostgreSQL 15"), Server(folder).hold():
            pass
    finally:
        (server.data / "PG_VERSION").write_text(version)


def test_server_that_cannot_be_made_leaves_nothing_half_made(tmp_path, monkeypatch):
    server = Server(tmp_path / "postgres")

    def fail(*_words, **_options):
        raise subprocess.CalledProcessError(1, "initdb", "could not write: No space left on device")

    monkeypatch.setattr(server.programs, "run", fail)

    with pytest.raises(CannotStart, match="The disk is full"), server.hold():
        pass
    assert sorted(path.name for path in server.folder.iterdir()) == ["turn.lock", "users.lock"]
