"""What opendata puts under moderation."""

from learningcity.opendata.kinds.numbers import (
    register_kinds,
)

__all__ = [
    "register_kinds",
]
