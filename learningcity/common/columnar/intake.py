"""What a file is that somebody brought, found out by looking at it, and its rows as Parquet."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

import duckdb
from django.utils.translation import gettext as _

from learningcity.common.columnar.bombs import watched
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.found import Choices, Found, Progress, silent
from learningcity.common.columnar.kinds import READERS
from learningcity.common.columnar.quality import problem
from learningcity.common.columnar.refusals import Abandoned, Refused
from learningcity.common.columnar.sniffing import kind_of

__all__ = ["Abandoned", "Choices", "Found", "Progress", "Refused", "examine"]

logger = logging.getLogger(__name__)
NAMES = {"csv": {".csv", ".tsv", ".txt", ".tab"}, "json": {".json", ".geojson", ".ndjson", ".jsonl"}}


def examine(
    path: Path, name: str, *, folder: Path, on_progress: Progress = silent, choices: Choices | None = None
) -> Found:
    """Return what a file is, with its table written into the folder; the name says only what the person expects.

    :raises Refused: if it cannot be taken, with nothing left in the folder; nothing else is raised, whatever the file is.
    :raises Abandoned: if ``on_progress`` did so.
    """
    try:
        return _examined(path, name, folder, _telling(on_progress), choices or Choices())
    except (Refused, Abandoned):
        raise
    except TooSlow as trouble:
        raise Refused(_("Reading the file takes too long. Split the table into several files.")) from trouble
    except (duckdb.OutOfMemoryException, MemoryError) as trouble:
        raise Refused(_("Reading the file takes too much memory. Split the table into several files.")) from trouble
    except RecursionError as trouble:
        raise Refused(_("The values of this file are nested too deeply. Save a list of plain records.")) from trouble
    except Exception as trouble:
        # Whoever brought the file needs a sentence; whoever runs the site finds the rest in the log.
        logger.exception("a file could not be examined")
        raise Refused(
            _("The file could not be read. Save it once more, as CSV UTF-8 or .xlsx, and upload it again.")
        ) from trouble


def _examined(path: Path, name: str, folder: Path, tell: Callable[[float], None], choices: Choices) -> Found:
    with path.open("rb") as file:
        kind = kind_of(file, name)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="reading-") as scratch:
        found = READERS[kind](path, Path(scratch), watched(tell, Path(scratch)), choices)
        suffix = PurePath(name).suffix.lower()
        if suffix and suffix not in NAMES.get(kind, {f".{kind}"}):
            found.problems.insert(0, problem("other_kind", suffix=suffix, format=found.format.upper()))
        if found.table:
            # Only what is whole leaves the scratch folder.
            found.table.replace(folder / found.table.name)
            found = found.moved(folder)
    tell(1.0)
    return found


def _telling(on_progress: Progress) -> Callable[[float], None]:
    """Return a function that takes a share of 1 and tells whole percents, each once."""
    last = -1

    def tell(share: float) -> None:
        nonlocal last
        percent = int(min(max(share, 0.0), 1.0) * 100)
        if percent > last:
            last = percent
            on_progress(percent)

    return tell
