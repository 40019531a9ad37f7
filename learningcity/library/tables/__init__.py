"""What of the library can be imported from spreadsheets."""

from learningcity.imports.registry import register
from learningcity.library.tables.places import PLACES
from learningcity.library.tables.resources import RESOURCES


def register_tables() -> None:
    """Let places and resources to learn be imported."""
    register(PLACES)
    register(RESOURCES)
