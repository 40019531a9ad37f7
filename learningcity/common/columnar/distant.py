"""A table that lies in another place, asked there: only the pieces that a question needs come here, each proven."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from learningcity.common.storing import StoreAway

PIECE = 1 << 20
# Pieces that are fetched with one request, at least if they are missing, and at most.
AHEAD, TOGETHER = 4, 16
# What is smaller comes here whole before it is asked: that takes seconds, and every later question is quicker.
LARGE = 256 << 20
DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Distant:
    """A Parquet file of another place."""

    sha256: str
    size: int
    # The SHA-256 of each piece, one after another: what does not fit is not read.
    digests: bytes = field(repr=False)
    # Where the pieces lie that were read; and all of it, once nothing is missing.
    kept: Path = field(compare=False)
    whole: Path = field(compare=False)
    # The bytes from one place to before another.
    part: Callable[[int, int], bytes] = field(compare=False, repr=False)
    # Where an engine of its own reads it, for as long as a question may take.
    address: Callable[[], str] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return f"distant://{self.sha256}"


Table = Path | Distant


class Pieces:
    """The pieces of a distant table that are here, in a file with holes that any number of processes fill.

    Nobody writes anything into it but what the fingerprint of a piece proves, and nobody reads what they have not proven
    themselves; so it needs no lock, and whatever else stands there is fetched again.
    """

    def __init__(self, table: Distant) -> None:
        self.table = table
        table.kept.parent.mkdir(parents=True, exist_ok=True)
        # Open for as long as anything is proven of it: whoever makes room takes the name away, not these bytes.
        self._file = os.open(table.kept, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        weakref.finalize(self, os.close, self._file)
        self._proven: set[int] = set()
        self._fetching = threading.Lock()
        self._count = -(-table.size // PIECE)

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from one place to before another.

        :raises StoreAway: if the place does not give what was put there.
        """
        end = min(end, self.table.size)
        if start >= end:
            return b""
        last = (end - 1) // PIECE
        for number in range(start // PIECE, last + 1):
            if not self._is_here(number):
                # What one thread of the engine fetches, another may be about to.
                with self._fetching:
                    if not self._is_here(number):
                        self._fetch(number, last)
        return os.pread(self._file, end - start, start)

    def _is_here(self, number: int) -> bool:
        if number not in self._proven and self._fits(number, os.pread(self._file, PIECE, number * PIECE)):
            self._proven.add(number)
        return number in self._proven

    def _fits(self, number: int, piece: bytes) -> bool:
        return hashlib.sha256(piece).digest() == self.table.digests[number * DIGEST : (number + 1) * DIGEST]

    def _fetch(self, first: int, last: int) -> None:
        """Fetch the pieces that are missing from the first on, those that are wanted and a few behind them."""
        behind = first + 1
        while behind < min(max(last + 1, first + AHEAD), first + TOGETHER, self._count) and not self._is_here(behind):
            behind += 1
        start = first * PIECE
        try:
            found = self.table.part(start, min(behind * PIECE, self.table.size))
        except FileNotFoundError as problem:
            raise StoreAway(f"{self.table.sha256} is not where it was stored.") from problem
        for number in range(first, behind):
            piece = found[number * PIECE - start : (number + 1) * PIECE - start]
            if not self._fits(number, piece):
                raise StoreAway(f"{self.table.sha256} is not what was stored.")
            os.pwrite(self._file, piece, number * PIECE)
            self._proven.add(number)
        if len(self._proven) == self._count:
            self._give_name()

    def _give_name(self) -> None:
        """Let all be read without us from now on: the file that was proven and no other, whatever has its name by now."""
        with contextlib.suppress(OSError):
            os.link(f"/proc/self/fd/{self._file}", self.table.whole, src_dir_fd=self._file, follow_symlinks=True)
            self.table.kept.unlink()
