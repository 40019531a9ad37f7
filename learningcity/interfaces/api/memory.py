"""Answers that a process remembers: the same question has the same answer until anything changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

MOST_BYTES, LARGEST = 32_000_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was answered, and where the next page is."""

    body: bytes
    link: str


class Memory:
    """Answers by their marks; the one that was asked for longest ago makes room. Any thread may use it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Remembered] = OrderedDict()
        self._bytes = 0
        self._guard = threading.Lock()

    def get(self, mark: str) -> Remembered | None:
        with self._guard:
            if mark in self._kept:
                self._kept.move_to_end(mark)
            return self._kept.get(mark)

    def put(self, mark: str, answer: Remembered) -> None:
        """Keep an answer, unless it is so large that it would push out many others."""
        if len(answer.body) > LARGEST:
            return
        with self._guard:
            if mark not in self._kept:
                self._kept[mark] = answer
                self._bytes += len(answer.body)
            while self._bytes > MOST_BYTES:
                _mark, old = self._kept.popitem(last=False)
                self._bytes -= len(old.body)

    def forget(self) -> None:
        """Forget everything: in tests, what is rolled back was never there."""
        with self._guard:
            self._kept.clear()
            self._bytes = 0


MEMORY = Memory()
