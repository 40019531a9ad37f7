"""What opendata puts under moderation."""

from learningcity.moderation.registry import register
from learningcity.opendata.kinds.columns import COLUMNS
from learningcity.opendata.kinds.datasets import DATASET
from learningcity.opendata.kinds.numbers import FACT, INDICATOR
from learningcity.opendata.kinds.returns import RETURN


def register_kinds() -> None:
    """Put numbers, what they count, datasets and their columns under moderation."""
    for kind in (FACT, INDICATOR, DATASET, COLUMNS, RETURN):
        register(kind)
