"""What a process of its own measures of itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def timed(make: Callable[[], Any]) -> tuple[Any, float]:
    """Return what was made, and how many seconds it took."""
    began = time.perf_counter()
    made = make()
    return made, time.perf_counter() - began


def memory() -> float:
    """Return the most memory that this process has had, in megabytes."""
    # Not from getrusage, where a process begins with the peak of the one that started it.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1000
