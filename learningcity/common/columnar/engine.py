"""DuckDB behind a lock: it reads the files it is given and nothing else, in bounded memory and time."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from learningcity.common.columnar.distant import Distant, Table

# Long enough for ten million rows, short enough that nobody waits for a question that never ends.
PATIENCE = 20.0
# How often a long statement is asked how far it is.
PAUSE = 0.5


class TooSlow(Exception):
    """The question would have taken longer than anybody waits."""


@contextmanager
def opened(
    *files: Path, folder: Path | None = None, seconds: float = PATIENCE, memory_mb: int = 0, threads: int = 0
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an engine that may read these files and write into this folder, and can do nothing else.

    No other file, no network, no extension, and no way to change that from a statement. It takes as much memory and
    as many threads as the settings allow, or less where the caller says so.

    :raises TooSlow: if what is asked takes longer than that many seconds.
    """
    with tempfile.TemporaryDirectory(prefix="learningcity-") as spill:
        engine = locked(spill, [*files], [folder] if folder else [], memory_mb, threads)
        try:
            with ended_after(engine, seconds):
                yield engine
        finally:
            engine.close()


def locked(
    spill: str, files: Sequence[Table], folders: list[Path], memory_mb: int = 0, threads: int = 0
) -> duckdb.DuckDBPyConnection:
    """Return an engine behind its lock; what does not fit into memory waits in the folder ``spill``."""
    engine = duckdb.connect(
        config={
            "memory_limit": f"{min(memory_mb or settings.TABLE_MEMORY_MB, settings.TABLE_MEMORY_MB)}MB",
            "threads": str(threads or settings.TABLE_THREADS),
            "temp_directory": spill,
            "max_temp_directory_size": "20GB",
            "preserve_insertion_order": "true",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    # Kept, so that it can be asked for; nothing is printed.
    engine.execute("SET enable_progress_bar = true")
    engine.execute("SET enable_progress_bar_print = false")
    # What stands at the end of a wide Parquet takes longer to read than one of its columns.
    engine.execute("SET parquet_metadata_cache = true")
    for distant in (file for file in files if isinstance(file, Distant)):
        from learningcity.common.columnar.reading import OneFile  # noqa: PLC0415 -- is there only where S3 is used

        engine.register_filesystem(OneFile(distant))
    engine.execute("SET allowed_paths = ?", [[str(file) for file in files]])
    engine.execute("SET allowed_directories = ?", [[f"{folder}/" for folder in folders]])
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine


@contextmanager
def ended_after(engine: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt what the engine does after that many seconds.

    :raises TooSlow: if it had to.
    """
    ended = threading.Event()

    def end() -> None:
        ended.set()
        engine.interrupt()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as problem:
        if ended.is_set():
            raise TooSlow from problem
        raise
    finally:
        timer.cancel()


def told(engine: duckdb.DuckDBPyConnection, statement: str, tell: Callable[[float], None]) -> None:
    """Run a statement and tell, here and not in another thread, which share of it is done, 0 to 1.

    What ``tell`` raises ends the statement.
    """
    with ThreadPoolExecutor(1, "engine") as aside:
        running = aside.submit(engine.execute, statement)
        try:
            while not wait([running], PAUSE).done:
                tell(min(max(engine.query_progress(), 0.0), 100.0) / 100)
        except BaseException:
            engine.interrupt()
            raise
        running.result()


def quoted(name: str) -> str:
    """Return a name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """Return a text as it stands in SQL, for the few places that take no parameters, such as the path in COPY."""
    return "'" + str(text).replace("'", "''") + "'"


def rows_of(engine: duckdb.DuckDBPyConnection, together: int = 2_000) -> Iterator[tuple[Any, ...]]:
    """Return the rows of what was asked last, some thousands at a time."""
    while some := engine.fetchmany(together):
        yield from some
