"""The processes that ./run starts, and their end: none of them outlives it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from types import FrameType

from learningcity.config.launch.local import ROOT

PATIENCE = 10
PR_SET_PDEATHSIG = 1


class Children:
    """A group of processes that are stopped together."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.variables = variables
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def start(self, name: str, *command: str) -> None:
        """Start one, in a group of its own, so that Ctrl-C reaches it through us and in order."""
        self.processes[name] = subprocess.Popen(
            command,
            env=self.variables,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 -- this process has one thread
        )

    def first_dead(self) -> str:
        """Return the name of a process that has ended, or nothing."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), "")

    def wait(self) -> str:
        """Wait until somebody asks us to stop, or one of the processes ends; return the name of that one."""
        while not self.asked_to_stop:
            if name := self.first_dead():
                return name
            time.sleep(0.2)
        return ""

    def stop(self) -> None:
        """Ask all to end, and end those that do not."""
        for process in self.processes.values():
            send(process, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            send(process, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def children(variables: dict[str, str]) -> Iterator[Children]:
    """Provide a group of processes that ends with the block."""
    group = Children(variables)
    try:
        yield group
    finally:
        group.stop()


def send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a process and to all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent is killed without a chance to do so itself."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
