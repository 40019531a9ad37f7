"""Where the nodes of a network stand, if that is known."""

from __future__ import annotations

from learningcity.partners.models import NetworkPicture
from learningcity.partners.queries.network.layout import VERSION, Layout, laid_out
from learningcity.partners.queries.network.ties import Network, Scope

# So few nodes are laid out faster than the page around them is made.
SMALL = 100


def stamp_of(network: Network) -> str:
    """Return what a picture of this network is kept under, so that an older one is never taken for it."""
    return f"{VERSION}:{network.fingerprint}"


def layout_of(scope: Scope, network: Network) -> Layout | None:
    """Return where the nodes stand, or None while a large network still waits for the worker."""
    if len(network.nodes) <= SMALL:
        return laid_out(network.graph, network.sectors)
    picture = NetworkPicture.objects.filter(scope=scope.key, stamp=stamp_of(network)).first()
    if picture is None:
        return None
    return Layout(tuple((x, y) for x, y in picture.places), picture.width, picture.height)
