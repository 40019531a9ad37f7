from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from learningcity.partners.models import NetworkPicture
from learningcity.partners.queries.network.layout import laid_out
from learningcity.partners.queries.network.pictures import stamp_of
from learningcity.partners.queries.network.ties import Scope, read_network


@app.task(name="partners.lay_out_network")
def lay_out(city: str, agreement: str) -> None:
    """Lay a network out and keep where its nodes stand."""
    scope = Scope(city, agreement)
    network = read_network(scope, on=timezone.localdate())
    stamp = stamp_of(network)
    if NetworkPicture.objects.filter(scope=scope.key, stamp=stamp).exists():
        return
    layout = laid_out(network.graph, network.sectors)
    NetworkPicture.objects.update_or_create(
        scope=scope.key,
        defaults={"stamp": stamp, "places": layout.places, "width": layout.width, "height": layout.height},
    )
