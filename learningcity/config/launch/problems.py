"""What can keep us from starting, said in one sentence."""

from __future__ import annotations

import contextlib
import errno
import socket
from pathlib import Path

LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


class CannotStart(Exception):
    """A reason that the person in front of the screen can do something about."""


def explain(problem: OSError) -> str:
    """Return one sentence for what the operating system refused."""
    where = problem.filename or "the disk"
    if problem.errno == errno.ENOSPC:
        return f"The disk is full ({where}): free some space, then run again."
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{where} cannot be written to by this user: name another folder with --state."
    return f"{where}: {problem.strerror}."


def insist_on_folder(folder: Path) -> None:
    """Make a folder that we can write to.

    :raises CannotStart: if we cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_text("A full disk shows only when something is written.\n")
        probe.unlink()
    except OSError as problem:
        raise CannotStart(explain(problem)) from None


def insist_on_free_port(port: int) -> None:
    """Check the port before the web server does: it shares a port silently, and half the answers would be another's.

    :raises CannotStart: if somebody listens there.
    """
    if not 0 < port < 65536:
        raise CannotStart(f"{port} is not a port: choose a number between 1024 and 65535.")
    if any(answers(family, host, port) for family, host in LOOPBACKS):
        raise CannotStart(f"Port {port} is busy: stop what listens there, or use ./run --port {port + 1}.")
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
    except OSError as problem:
        raise CannotStart(f"Port {port} cannot be used ({problem}): choose another with ./run --port 8001.") from None


def answers(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Tell whether somebody listens; where a kind of address does not exist, nobody does."""
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as visitor:
        visitor.settimeout(1)
        return visitor.connect_ex((host, port)) == 0
    return False
