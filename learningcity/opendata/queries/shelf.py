"""Files that are made again when they are missing: made by one process at a time, and let go of when room is needed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings

# What was made or fetched and is not asked for again goes when all of it takes more room than this.
MOST_BYTES = 20_000_000_000
# Whoever still makes something after so long was stopped.
A_DAY = 86_400


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time make something in a folder; the others wait and find it made."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_kept(path: Path) -> bool:
    """Tell whether a file is on the shelf, and remember that it was asked for."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def made(mark: str, form: str, make: Callable[[Path], object]) -> Path:
    """Return the file of this mark: made where it lies if it is not there, and by nobody else meanwhile."""
    path: Path = settings.TABLE_SHELF / "made" / mark[:2] / f"{mark}.{form}"
    if not is_kept(path):
        with alone(path.parent):
            if not is_kept(path):
                make(path)
                make_room(path)
    return path


def write(pieces: Iterable[bytes], path: Path) -> None:
    """Write a file beside its place and move it there, so that nobody finds half of one."""
    fresh = path.with_suffix(".making")
    with fresh.open("wb") as file:
        file.writelines(pieces)
    fresh.replace(path)


def make_room(kept: Path) -> None:
    """Let go of what nobody asked for longest, until all fits, and of what was begun long ago and never finished."""
    room = MOST_BYTES - kept.stat().st_size
    for _asked, size, path in sorted(_files(kept), reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)
    for left in settings.TABLE_SHELF.glob("*/*/making-*"):
        with contextlib.suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - A_DAY:
                shutil.rmtree(left, ignore_errors=True)


def _files(kept: Path) -> Iterator[tuple[float, int, Path]]:
    """Return when each made or fetched file was last asked for, and its size."""
    for pattern in ("made/*/*.*", "fetched/*/*"):
        for path in settings.TABLE_SHELF.glob(pattern):
            # Another process may let go of it at the same moment.
            with contextlib.suppress(FileNotFoundError):
                if path != kept and path.suffix != ".lock" and path.is_file():
                    state = path.stat()
                    yield state.st_mtime, state.st_size, path
