"""./run backup and ./run restore: the database and the uploaded files in one archive that any later version can read."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from learningcity.config.launch.binaries import Programs
from learningcity.config.launch.local import environment
from learningcity.config.launch.problems import CannotStart

ABOUT, DUMP, MEDIA = "about.json", "database.dump", "media"
KIND = "learningcity backup"


def back_up(archive: Path, state: Path) -> None:
    """Write an archive, whole or not at all.

    :raises CannotStart: if there is a file of that name already, or the database cannot be read.
    """
    if archive.exists():
        raise CannotStart(f"{archive} exists already: name another file, nothing was written.")
    with environment(state) as variables:
        write(archive, state, owner_url(variables))
    print(f"Wrote {archive} ({archive.stat().st_size / 1_000_000:.1f} MB).")


def restore(archive: Path, state: Path, *, replace: bool) -> None:
    """Put the content of an archive into an empty place, or, if asked, into the place of what is there.

    :raises CannotStart: if the archive is none of ours, or there is content that nobody asked to replace.
    """
    with open_archive(archive) as bundle, environment(state) as variables:
        url = owner_url(variables)
        if has_tables(url) or any_file(state / MEDIA):
            if not replace:
                raise CannotStart("There is content already, and nothing was changed: add --replace to replace it.")
            former = state / f"before-restore-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.tar"
            write(former, state, url)
            print(f"What was there before is kept in {former}.")
        (state / "prepared").unlink(missing_ok=True)
        restore_database(bundle, url)
        restore_media(bundle, state / MEDIA)
    print("Restored. ./run starts with it and brings it up to this version.")


def write(archive: Path, state: Path, url: str) -> None:
    about = {"kind": KIND, "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    archive.parent.mkdir(parents=True, exist_ok=True)
    # All of it is written where nobody else can look, and nobody can have put a link in its way.
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        dump, label, unfinished = Path(folder, DUMP), Path(folder, ABOUT), Path(folder, "unfinished")
        label.write_text(json.dumps(about))
        call("pg_dump", url, "--format=custom", "--no-owner", f"--file={dump}")
        with tarfile.open(unfinished, "w") as bundle:
            bundle.add(label, ABOUT)
            bundle.add(dump, DUMP)
            if (state / MEDIA).is_dir():
                bundle.add(state / MEDIA, MEDIA)
        unfinished.chmod(0o600)
        unfinished.rename(archive)


def open_archive(archive: Path) -> tarfile.TarFile:
    """Open an archive of ours.

    :raises CannotStart: if it is none.
    """
    try:
        bundle = tarfile.open(archive)  # noqa: SIM115 -- the caller closes it
        label = bundle.extractfile(ABOUT)
        if label and json.load(label)["kind"] == KIND:
            return bundle
    except FileNotFoundError:
        raise CannotStart(f"There is no file {archive}.") from None
    except (tarfile.TarError, KeyError, ValueError, TypeError):
        pass
    raise CannotStart(f"{archive} is not a backup made by ./run backup, or it is damaged.")


def has_tables(url: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute("select exists (select from pg_tables where schemaname = 'public')").fetchone()
    return bool(row and row[0])


def any_file(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))


def restore_database(bundle: tarfile.TarFile, url: str) -> None:
    """Take away what the owner owns, and put what the archive holds in its place.

    :raises CannotStart: if the database is in use, or the dump cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder, DUMP)
        source = bundle.extractfile(DUMP)
        if source is None:
            raise CannotStart("The archive holds no database.")
        with dump.open("wb") as target:
            shutil.copyfileobj(source, target)
        # Read the table of contents before anything is taken away.
        call("pg_restore", "", "--list", str(dump))
        try:
            with psycopg.connect(url) as connection:
                connection.execute("set lock_timeout = '10s'")
                connection.execute("drop owned by current_user")
        except psycopg.errors.LockNotAvailable:
            raise CannotStart("The site is running: stop it, then restore. Nothing was changed.") from None
        call("pg_restore", url, "--no-owner", "--exit-on-error", "--single-transaction", str(dump))


def restore_media(bundle: tarfile.TarFile, folder: Path) -> None:
    """Replace the uploaded files. Written file by file, so that no name in an archive can point out of the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for member in bundle:
        path = folder.parent.joinpath(member.name).resolve()
        source = bundle.extractfile(member) if member.isfile() else None
        if source is None or not path.is_relative_to(folder.resolve()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            shutil.copyfileobj(source, target)


def owner_url(variables: dict[str, str]) -> str:
    return variables.get("DATABASE_OWNER_URL") or variables["DATABASE_URL"]


def call(name: str, url: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on a database, with the password where no list of processes shows it.

    :raises CannotStart: with its last words, if it fails.
    """
    parts = urlsplit(url)
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    bare = url.replace(f":{parts.password}@", "@", 1) if parts.password else url
    try:
        Programs().run(name, *([f"--dbname={bare}"] if url else []), *arguments, variables=secret)
    except subprocess.CalledProcessError as problem:
        tail = "\n".join(problem.output.strip().splitlines()[-5:])
        raise CannotStart(f"{name} failed. Its last words were:\n{tail}") from None
