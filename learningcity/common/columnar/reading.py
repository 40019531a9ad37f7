"""A distant table as DuckDB reads it: a file system of one file, in this process."""

from __future__ import annotations

import datetime as dt
import io
import threading
from typing import Any

from fsspec import AbstractFileSystem

from learningcity.common.columnar.distant import Distant, Pieces

# What is known by its content never changes.
ALWAYS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class OneFile(AbstractFileSystem):
    """The file system that holds one distant table; the engine names it, and nothing else reaches it."""

    protocol = "distant"
    cachable = False

    def __init__(self, table: Distant) -> None:
        super().__init__()
        self.pieces = Pieces(table)

    def info(self, path: str, **_more: Any) -> dict[str, Any]:
        return {"name": path, "size": self.pieces.table.size, "type": "file"}

    def exists(self, path: str, **_more: Any) -> bool:
        return True

    def glob(self, path: str, **_more: Any) -> list[str]:
        return [path]

    def modified(self, path: str) -> dt.datetime:
        return ALWAYS

    def _open(self, path: str, mode: str = "rb", **_more: Any) -> Reader:
        if mode != "rb":
            raise PermissionError(f"{path} is only read.")
        return Reader(self.pieces)


class Reader(io.RawIOBase):
    """The file, opened. Several threads of the engine share it, each at a place of its own."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._at = threading.local()

    def tell(self) -> int:
        place: int = getattr(self._at, "place", 0)
        return place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at.place = (0, self.tell(), self._pieces.table.size)[whence] + offset
        return self.tell()

    def read(self, size: int = -1) -> bytes:
        start = self.tell()
        found = self._pieces.read(start, start + size if size >= 0 else self._pieces.table.size)
        self._at.place = start + len(found)
        return found
