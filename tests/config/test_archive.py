"""./run backup and ./run restore, as commands, on databases of their own."""

import subprocess
import sys
import tarfile

import psycopg
import pytest

from learningcity.config.launch.local import ROOT
from learningcity.config.launch.server import OWNER, SITE, Server

SCHEMA = """
create table facts (id int generated always as identity primary key, words text);
create table entries (id int primary key, words text);
revoke update, delete on entries from learningcity_app;
"""


def launch(*words):
    command = [sys.executable, "-m", "learningcity.config.launch", *map(str, words)]
    variables = {"PATH": "/usr/bin:/bin"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=90, cwd=ROOT, env=variables)


def ask(state, role, statement):
    with Server(state / "postgres").hold() as server, psycopg.connect(server.url(role)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A place with one fact and one uploaded file."""
    state = tmp_path_factory.mktemp("lived-in")
    with (
        Server(state / "postgres").hold() as server,
        psycopg.connect(server.url(OWNER), autocommit=True) as connection,
    ):
        connection.execute(SCHEMA)
        connection.execute("insert into facts (words) values ('เมืองแห่งการเรียนรู้')")
    (state / "media/ภาพ").mkdir(parents=True)
    (state / "media/ภาพ/river.txt").write_text("Mae Ping")
    return state


@pytest.fixture(scope="module")
def archive(lived_in, tmp_path_factory):
    """A backup of that place."""
    path = tmp_path_factory.mktemp("backups") / "of today.tar"
    result = launch("backup", path, "--state", lived_in)
    assert (result.returncode, result.stderr) == (0, "")
    return path


def test_restore_brings_back_rows_files_and_rights(archive, tmp_path):
    result = launch("restore", archive, "--state", tmp_path)

    assert (result.returncode, result.stderr) == (0, "")
    assert ask(tmp_path, SITE, "select id, words from facts") == [(1, "เมืองแห่งการเรียนรู้")]
    assert ask(tmp_path, SITE, "insert into facts (words) values ('next') returning id") == [(2,)]
    assert ask(tmp_path, SITE, "select has_table_privilege('entries', 'delete')") == [(False,)]
    assert (tmp_path / "media/ภาพ/river.txt").read_text() == "Mae Ping"


def test_restore_refuses_a_place_with_content(archive, lived_in):
    result = launch("restore", archive, "--state", lived_in)

    assert result.returncode == 1
    assert result.stderr == "There is content already, and nothing was changed: add --replace to replace it.\n"


def test_restore_replaces_only_when_asked_and_keeps_what_was_there(archive, tmp_path):
    launch("restore", archive, "--state", tmp_path)
    (tmp_path / "media/later.txt").write_text("uploaded later")
    (tmp_path / "prepared").write_text("stamp")
    result = launch("restore", archive, "--state", tmp_path, "--replace")
    former = next(tmp_path.glob("before-restore-*.tar"))

    assert (result.returncode, result.stderr) == (0, "")
    assert not (tmp_path / "media/later.txt").exists()
    assert not (tmp_path / "prepared").exists()
    with tarfile.open(former) as bundle:
        assert "media/later.txt" in bundle.getnames()


def test_backup_does_not_write_over_a_file(archive, lived_in):
    size = archive.stat().st_size
    result = launch("backup", archive, "--state", lived_in)

    assert (result.returncode, archive.stat().st_size) == (1, size)
    assert result.stderr == f"{archive} exists already: name another file, nothing was written.\n"


def test_backup_is_for_its_owner_only(archive):
    assert archive.stat().st_mode & 0o077 == 0


def test_backup_is_written_where_nobody_else_can_look(lived_in, tmp_path):
    lure = tmp_path / "of.tar.unfinished"
    lure.symlink_to(tmp_path / "theirs")
    result = launch("backup", tmp_path / "of.tar", "--state", lived_in)

    assert result.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["of.tar", "of.tar.unfinished"]
    assert (tmp_path / "of.tar").stat().st_mode & 0o077 == 0


def test_restore_writes_nothing_outside_the_folder_of_files(archive, tmp_path):
    with tarfile.open(archive) as bundle, tarfile.open(tmp_path / "forged.tar", "w") as forged:
        for member in bundle:
            forged.addfile(member, bundle.extractfile(member) if member.isfile() else None)
        for name in ("media/../outside.txt", f"{tmp_path}/outside.txt", "media/link/outside.txt"):
            forged.addfile(tarfile.TarInfo(name))
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)
        forged.addfile(link)
        forged.addfile(tarfile.TarInfo("media/link/outside.txt"))
    result = launch("restore", tmp_path / "forged.tar", "--state", tmp_path / "state")

    assert (result.returncode, result.stderr) == (0, "")
    assert [path for path in tmp_path.rglob("outside.txt") if "media" not in path.parts] == []
    assert [path for path in tmp_path.rglob("*") if path.is_symlink() and "postgres" not in path.parts] == []


def test_restore_refuses_what_is_no_backup(tmp_path):
    (tmp_path / "notes.tar").write_text("not a tar")
    result = launch("restore", tmp_path / "notes.tar", "--state", tmp_path / "state")

    assert result.returncode == 1
    assert result.stderr == f"{tmp_path / 'notes.tar'} is not a backup made by ./run backup, or it is damaged.\n"
