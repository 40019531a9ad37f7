"""How large a table may be that somebody brings, and what reading it may cost."""

from __future__ import annotations

from collections.abc import Sequence

# A file of one gigabyte, and what its way through the network adds.
LARGEST_UPLOAD = 1_500_000_000
MOST_COLUMNS = 1_000
MOST_ROWS = 50_000_000
# Letters of one cell; more is a document, not a value.
LONGEST_CELL = 1_000_000
# Bytes of one row.
LONGEST_ROW = 4_000_000
# What the engine may take of memory while a file is read; the program around it takes about a third of that again.
MEMORY_MB = 130
# Nobody waits for longer.
LONGEST_WORK = 3_600.0
# From so many columns on, a table is a wide one.
WIDE, MEMORY_OF_WIDE_MB = 200, 250


def costs_of(columns: Sequence[object]) -> tuple[int, int]:
    """Return the megabytes and threads that the engine may take: of a wide table, each thread keeps much for each column.

    No threads are as many as the settings allow.
    """
    return (MEMORY_MB, 0) if len(columns) <= WIDE else (MEMORY_OF_WIDE_MB, 1)
