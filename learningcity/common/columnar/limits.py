"""How large a table may be that somebody brings, and what reading it may cost."""

from __future__ import annotations

from collections.abc import Sequence

# A file of one gigabyte, and what its way through the network adds.
LARGEST_UPLOAD = 1_500_000_000
MOST_COLUMNS = 1_000
MOST_ROWS = 50_000_000
# Rows times columns: where most of them are empty, a file of a few letters can say that there are so many.
MOST_CELLS = 500_000_000
# Bytes of all values, opened out; and how much that may be of a small file: a thousand times its size, or a gigabyte.
LARGEST_CONTENT, STEEPEST, USUAL_CONTENT = 20_000_000_000, 1_000, 1_000_000_000
# Letters of a text that is written anew, and bytes of all that lies about while a file is read.
MOST_LETTERS, MOST_SCRATCH = 2_500_000_000, 20_000_000_000
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
