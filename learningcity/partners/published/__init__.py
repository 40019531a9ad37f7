"""Organizations, agreements and promises, as tables that anybody may take away. Nothing here reads a contact or a clerk."""

from learningcity.opendata.registry import publish
from learningcity.partners.published import agreements, organizations, promises


def publish_all() -> None:
    """Offer these tables."""
    for room in (organizations, agreements, promises):
        for publication in room.PUBLICATIONS:
            publish(publication)
