"""What the platform knows of cities, sources and numbers, as tables that anybody may take away."""

from learningcity.opendata.published import numbers, people, places, sources, stories
from learningcity.opendata.registry import publish


def publish_all() -> None:
    """Offer these tables."""
    for room in (places, people, stories, numbers, sources):
        for publication in room.PUBLICATIONS:
            publish(publication)
