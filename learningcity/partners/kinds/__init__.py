"""The public content about partners: what moderation needs to know of each kind."""

from learningcity.moderation.registry import register
from learningcity.partners.kinds.agreements import AGREEMENT, SIGNATORY
from learningcity.partners.kinds.commitments import COMMITMENT
from learningcity.partners.kinds.organizations import ORGANIZATION


def register_kinds() -> None:
    """Put everything that is told of partners under moderation."""
    for kind in (ORGANIZATION, AGREEMENT, SIGNATORY, COMMITMENT):
        register(kind)
