"""What a file is that somebody brought, found out by looking at it, and its rows as Parquet."""

from __future__ import annotations

from pathlib import Path

from learningcity.common.columnar.found import Choices, Found, Progress, silent
from learningcity.common.columnar.refusals import Refused

__all__ = ["Choices", "Found", "Progress", "Refused", "examine"]


def examine(
    path: Path, name: str, *, folder: Path, on_progress: Progress = silent, choices: Choices | None = None
) -> Found:
    """Return what a file is, with its table written into the folder; the name says only what the person expects.

    :raises Refused: if it cannot be taken; nothing else is raised, whatever the file is.
    """
    raise Refused("")
