"""One PostgreSQL of our own in one folder, shared by all processes that use it.

Each user of the server holds a shared lock on a file for as long as it lives; the last one to let go stops the server.
The kernel drops the locks of a process that was killed, so no list of users can go stale.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from learningcity.config.launch.binaries import Programs, can_reach, folder_outside
from learningcity.config.launch.problems import CannotStart

DATABASE = "learningcity"
OWNER = "learningcity_owner"
SITE = "learningcity_app"
ROLES = Path(__file__).with_name("roles.sql")
SETTINGS = ("listen_addresses=", "timezone=UTC", "jit=off", "log_timezone=UTC", "unix_socket_permissions=0700")
# sockaddr_un holds 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 80
SHORT_FOLDER = "/tmp"  # noqa: S108 -- what we make there is checked to be ours


class Server:
    """The server of the folder; `hold()` it while you use it."""

    def __init__(self, folder: Path, *settings: str) -> None:
        self.folder = folder.absolute()
        self.settings = (*SETTINGS, *settings)
        self.programs = Programs()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        user = self.programs.user
        if user and not can_reach(self.folder, user.pw_uid):
            self.data = folder_outside(self.folder) / "data"
        self.socket = socket_folder(self.data)

    @contextlib.contextmanager
    def hold(self) -> Iterator[Server]:
        """Keep the server running for as long as the block runs.

        :raises CannotStart: if it does not start.
        """
        users = os.open(self.folder / "users.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            with self.turn():
                fcntl.flock(users, fcntl.LOCK_SH)
                self.start()
            try:
                yield self
            finally:
                with self.turn():
                    self.stop_if_last(users)
        finally:
            os.close(users)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Let one process at a time start or stop the server."""
        handle = os.open(self.folder / "turn.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def start(self) -> None:
        """Have the server running: made, started, or found.

        :raises CannotStart: if it does not start.
        """
        if not (self.data / "PG_VERSION").exists():
            self.create()
        if self.is_running():
            return
        self.insist_on_version()
        make_private_folder(self.socket, self.programs)
        options = (*self.settings, f"unix_socket_directories={self.socket}")
        command = ("-w", "-t", "60", "-D", self.data, "-l", self.data / "server.log")
        words = " ".join(f"-c {quoted(option)}" for option in options)
        # The backends of a server that was killed need a moment to go away.
        for attempts_left in range(20, -1, -1):
            try:
                self.programs.run("pg_ctl", *command, "-o", words, "start")
                break
            except subprocess.CalledProcessError as problem:
                if not attempts_left:
                    raise CannotStart(self.reason(problem)) from None
                time.sleep(0.5)
        self.run_script(ROLES)

    def create(self) -> None:
        """Make an empty database cluster, and nothing at all if that fails.

        :raises CannotStart: if it fails.
        """
        unfinished = self.data.with_name("data.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        if self.programs.user:
            shutil.chown(unfinished, self.programs.user.pw_uid, self.programs.user.pw_gid)
        locale = ("--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        try:
            self.programs.run(
                "initdb", "-D", unfinished, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", *locale
            )
        except subprocess.CalledProcessError as problem:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise CannotStart(self.reason(problem)) from None
        unfinished.rename(self.data)

    def insist_on_version(self) -> None:
        """Check that these programs can open this data.

        :raises CannotStart: if another major version made it.
        """
        made_by, ours = (self.data / "PG_VERSION").read_text().strip(), self.programs.major()
        if made_by != ours:
            raise CannotStart(
                f"The database in {self.data} was made by PostgreSQL {made_by}, and this is {ours}: run ./run backup "
                "with the version of this project that made it, then ./run restore with this one."
            )

    def is_running(self) -> bool:
        """Tell whether the server answers; one that is starting or going down is waited for."""
        for _ in range(40):
            try:
                lines = (self.data / "postmaster.pid").read_text().splitlines()
                self.programs.run("pg_ctl", "-D", self.data, "status")
            except (FileNotFoundError, subprocess.CalledProcessError):
                return False
            # Another process may have started it under another TMPDIR.
            if len(lines) > 4 and lines[4]:
                self.socket = Path(lines[4])
            with contextlib.suppress(subprocess.CalledProcessError):
                self.programs.run("pg_isready", "-q", "-h", self.socket)
                return True
            time.sleep(0.25)
        return False

    def stop_if_last(self, users: int) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        with contextlib.suppress(subprocess.CalledProcessError):
            self.programs.run("pg_ctl", "-w", "-m", "fast", "-D", self.data, "stop")
        with contextlib.suppress(OSError):
            self.socket.rmdir()

    def run_script(self, script: Path) -> str:
        """Run a file of SQL as superuser; only the launcher ever does."""
        words = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.socket, "-U", "postgres", "-d", "postgres")
        return self.programs.run("psql", *words, script=script)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address of a database for this role."""
        return f"postgresql://{role}@{quote(str(self.socket), safe='')}/{database}"

    def reason(self, problem: subprocess.CalledProcessError) -> str:
        """Return one sentence for why a program of PostgreSQL failed."""
        words = problem.output
        with contextlib.suppress(OSError):
            words += (self.data / "server.log").read_text(errors="replace")[-2000:]
        if "No space left on device" in words:
            return f"The disk is full, so the database in {self.data} cannot start: free some space, then run again."
        if "Permission denied" in words or "Read-only file system" in words:
            return f"The database cannot write to {self.data}: name another folder with --state."
        tail = "\n".join(words.strip().splitlines()[-5:])
        return f"The database in {self.data} does not start. Its last words were:\n{tail}"


def socket_folder(data: Path) -> Path:
    """Return a short path of our own for the socket, whatever the length and the letters of the data's path."""
    name = f"learningcity-{hashlib.sha256(f'{os.geteuid()}:{data}'.encode()).hexdigest()[:12]}"
    parent = tempfile.gettempdir()
    return Path(parent if len(os.fsencode(parent)) + len(name) < LONGEST_SOCKET_FOLDER else SHORT_FOLDER, name)


def make_private_folder(folder: Path, programs: Programs) -> None:
    """Make a folder that only the user who runs the server can enter: its socket asks for no password.

    :raises CannotStart: if somebody else made a folder of that name before us.
    """
    owner = programs.user.pw_uid if programs.user else os.geteuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or stat.S_IMODE(status.st_mode) != 0o700:
        raise CannotStart(f"{folder} belongs to somebody else or is open to others: remove it, then run again.")


def quoted(word: str) -> str:
    """Quote a word for the shell that pg_ctl calls."""
    return "'" + word.replace("'", "'\\''") + "'"
