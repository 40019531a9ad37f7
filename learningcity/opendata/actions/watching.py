"""Which tables the database watches: those of the whole project but the ones that nothing for everybody is read from."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections

TRIGGER = "opendata_notes_change"
INSTALLED = "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = %s"
READY = "SELECT to_regproc('opendata_note_change') IS NOT NULL"
WATCH = """
CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION opendata_note_change()
"""
# Nothing goes, but what stood there before it was watched has a mark from now on.
BEGIN = "DELETE FROM {table} WHERE false"
FORGET = "DROP TRIGGER {trigger} ON {table}"


def watched_tables() -> set[str]:
    """Return the tables whose changes are noted."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("learningcity.")
        and model._meta.managed
        and not {model._meta.app_label, model._meta.label} & settings.READ_BY_NOBODY
    }


def watch_tables(using: str = "default", **_said: Any) -> None:
    """Let the database note every change of a watched table; called whenever migrations were applied."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(READY)
        if not cursor.fetchone()[0]:
            return
        cursor.execute(INSTALLED, [TRIGGER])
        watched = {name for (name,) in cursor.fetchall()}
        wanted = watched_tables() & set(connection.introspection.table_names(cursor))
        for name in sorted(watched - wanted):
            cursor.execute(FORGET.format(trigger=TRIGGER, table=quote(name)))
        for name in sorted(wanted - watched):
            cursor.execute(WATCH.format(trigger=TRIGGER, table=quote(name)))
            cursor.execute(BEGIN.format(table=quote(name)))
