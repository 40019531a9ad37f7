"""Engines that stay open behind their locks: to open one costs more than most questions."""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import duckdb

from learningcity.common.columnar.distant import Table
from learningcity.common.columnar.engine import PATIENCE, TooSlow, ended_after, locked
from learningcity.common.storing import StoreAway

# Tables whose engine stays open in a process, and questions that it answers at a time: each may use TABLE_MEMORY_MB.
MOST_OPEN, MOST_AT_WORK = 4, 2
# Whoever waits behind another waits no longer: a process has few threads, and those that wait send no pages.
BEHIND_ANOTHER = 3.0


@dataclass
class Kept:
    """An engine that may read one table, and how many ask it just now."""

    spill: tempfile.TemporaryDirectory[str]
    engine: duckdb.DuckDBPyConnection
    askers: int = 0
    is_dropped: bool = False

    def end(self) -> None:
        self.engine.close()
        self.spill.cleanup()


class Pool:
    """The open engines of a process, one for each table; the one that was asked longest ago makes room."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._guard = threading.Lock()
        self._at_work = threading.BoundedSemaphore(MOST_AT_WORK)
        self._waiting = 0

    @contextmanager
    def lent(self, table: Table, seconds: float = PATIENCE) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend an engine that may read this table and nothing else.

        :raises TooSlow: if what is asked takes longer than that many seconds, or too many ask at once.
        :raises StoreAway: if the table lies in another place, and that place does not give it.
        """
        self._wait_for_turn(seconds)
        try:
            kept = self._take(table)
            try:
                with closing(kept.engine.cursor()) as asking, ended_after(asking, seconds):
                    yield asking
            except duckdb.Error as problem:
                # The engine gives back the words alone.
                if StoreAway.__qualname__ in str(problem):
                    raise StoreAway(str(problem).splitlines()[-1]) from problem
                raise
            finally:
                self._give_back(kept)
        finally:
            self._at_work.release()

    def _wait_for_turn(self, seconds: float) -> None:
        with self._guard:
            patience = min(seconds, BEHIND_ANOTHER) if self._waiting else seconds
            self._waiting += 1
        try:
            if not self._at_work.acquire(timeout=patience):
                raise TooSlow
        finally:
            with self._guard:
                self._waiting -= 1

    def _take(self, table: Table) -> Kept:
        with self._guard:
            kept = self._kept.get(str(table))
            if kept is None:
                spill = tempfile.TemporaryDirectory(prefix="learningcity-")
                kept = self._kept[str(table)] = Kept(spill, locked(spill.name, [table], []))
            kept.askers += 1
            self._kept.move_to_end(str(table))
            while len(self._kept) > MOST_OPEN:
                self._drop(next(iter(self._kept)))
        return kept

    def _give_back(self, kept: Kept) -> None:
        with self._guard:
            kept.askers -= 1
            if kept.is_dropped and not kept.askers:
                kept.end()

    def _drop(self, table: str) -> None:
        kept = self._kept.pop(table)
        kept.is_dropped = True
        if not kept.askers:
            kept.end()

    def close(self) -> None:
        """Close every engine as soon as nobody asks it."""
        with self._guard:
            for table in list(self._kept):
                self._drop(table)


POOL = Pool()
