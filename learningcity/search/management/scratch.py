"""Empty copies of the search's tables that only this connection sees, in the place of the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from learningcity.search.models import Document, Frequency, Posting, Spelling

TABLES = [model._meta.db_table for model in (Document, Posting, Frequency, Spelling)]
SCRATCHES = [f"pg_temp.{table}" for table in TABLES]
# Temporary tables live in the connection's own memory, of which the default is a few pages.
MEMORY = "512MB"
SETTINGS_OF = "SELECT array_to_string(reloptions, ', ') FROM pg_class WHERE oid = %s::regclass"
INVERTED = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE amname = 'gin' AND indrelid = ANY(%s::regclass[])
"""
SIZE = "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name"


@contextmanager
def scratch_tables() -> Iterator[None]:
    """Let this connection see empty tables until the end of the block; both roles may do that.

    PostgreSQL looks for a table among the temporary ones first, so the engine runs unchanged.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('temp_buffers')")
        if cursor.fetchone() != (MEMORY,):
            cursor.execute("SELECT set_config('temp_buffers', %s, false)", [MEMORY])
        for table in TABLES:
            cursor.execute(SETTINGS_OF, [table])
            settings = cursor.fetchone()[0]
            extra = f" WITH ({settings})" if settings else ""
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL){extra}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(SCRATCHES)}")


@contextmanager
def without_inverted_index() -> Iterator[None]:
    """Build the inverted index at the end of the block and at once, as a restored backup does, and not row by row."""
    with connection.cursor() as cursor:
        cursor.execute(INVERTED, [SCRATCHES])
        name, definition = cursor.fetchone()
        cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET maintenance_work_mem = '256MB'")
        cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
        # Nobody else tells the planner about temporary tables.
        cursor.execute(f"ANALYZE {', '.join(SCRATCHES)}")


def scratch_bytes() -> int:
    """Return the size of the tables with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(SIZE, [SCRATCHES])
        return int(cursor.fetchone()[0])
