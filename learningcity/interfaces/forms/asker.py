"""Who asks, by what a request says of it."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from learningcity.interfaces.actions.allowances import Asker
from learningcity.interfaces.actions.keys import MARK

# Whoever has one address of the new kind has all that begin with the same 64 bits.
ONE_HOUSEHOLD = 64
CKAN = "X-CKAN-API-Key"


def asker_of(request: HttpRequest) -> Asker:
    """Return from where a program asks, and with which key."""
    return Asker(_counted_as(get_client_ip(request) or ""), token_in(request))


def token_in(request: HttpRequest) -> str:
    """Return the key that a program brings."""
    said = request.headers.get("Authorization", "")
    scheme, _blank, token = said.partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    # Clients of CKAN send nothing but the key.
    return (
        said if said.startswith(MARK) else (request.headers.get("X-API-Key") or request.headers.get(CKAN, "")).strip()
    )


@lru_cache(10_000)
def _counted_as(address: str) -> str:
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address
    if number.version == 4:
        return address
    return str(number.ipv4_mapped or ipaddress.ip_network((int(number), ONE_HOUSEHOLD), strict=False))
