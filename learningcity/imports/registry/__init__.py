"""Which tables can be imported: upper apps declare them in ``tables.py`` and register them in their ``AppConfig.ready``."""

from learningcity.imports.registry.cells import Choice, Date, Day, Known, Number, Pointer, Text, Whole, Words
from learningcity.imports.registry.sources import SOURCE_COLUMNS, source_in
from learningcity.imports.registry.tables import (
    Column,
    NotRegistered,
    Table,
    Wrong,
    register,
    table_named,
    tables,
)

__all__ = [
    "SOURCE_COLUMNS",
    "Choice",
    "Column",
    "Date",
    "Day",
    "Known",
    "NotRegistered",
    "Number",
    "Pointer",
    "Table",
    "Text",
    "Whole",
    "Words",
    "Wrong",
    "register",
    "source_in",
    "table_named",
    "tables",
]
