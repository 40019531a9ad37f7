"""What opendata puts under moderation."""

from learningcity.moderation.registry import register
from learningcity.opendata.kinds.datasets import DATASET
from learningcity.opendata.kinds.numbers import FACT, INDICATOR


def register_kinds() -> None:
    """Put numbers, what they count, and datasets under moderation."""
    for kind in (FACT, INDICATOR, DATASET):
        register(kind)
