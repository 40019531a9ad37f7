"""Addresses of other machines: what may stand in one, and to which numbers it may lead."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

from django.conf import settings

LONGEST = 2_000
# A name of the world: labels, the last of which begins with a letter. No number, in whichever notation, is one.
NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
PORTS = {"http": 80, "https": 443}
# Public by their numbers, and yet answered by the machines of a cloud for those inside it.
SERVICES_OF_CLOUDS = {ipaddress.ip_address("168.63.129.16")}
# Addresses of the old kind in the clothes of the new one; what they lead to depends on the net they are used in.
TRANSLATED = [
    ipaddress.ip_network(net)
    for net in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
]
Number = ipaddress.IPv4Address | ipaddress.IPv6Address


class Obstacle(StrEnum):
    """Why something was not fetched."""

    ADDRESS = "address"
    HOST = "host"
    NAME = "name"
    PRIVATE = "private"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    REDIRECT = "redirect"
    SIZE = "size"
    TIME = "time"
    STATUS = "status"
    CONTENT = "content"
    BUSY = "busy"
    # The owner of the host forbids it to programs (robots.txt).
    ROBOTS = "robots"


class NotFetched(Exception):
    """Something was not fetched; ``detail`` is for the log: a status, a name, never what the other side wrote."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(f"{obstacle}: {detail}")
        self.obstacle, self.detail = obstacle, detail


class Later(NotFetched):
    """The other side asks for a pause of so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(Obstacle.BUSY, str(seconds))
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart: what is asked of which machine."""

    scheme: str
    host: str
    port: int
    # Path and question, as they are sent.
    target: str

    @property
    def site(self) -> str:
        """The machine as one writes it: with its port where that is not the usual one."""
        return self.host if PORTS[self.scheme] == self.port else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.site}{self.target}"


def read_address(text: str) -> Address:
    """Return an address taken apart.

    :raises NotFetched: if it is none of http or https, names a person or another door, or leads to a number.
    """
    if len(text) > LONGEST or re.search(r"[\x00-\x20\x7f\\]", text):
        raise NotFetched(Obstacle.ADDRESS)
    try:
        parts = urlsplit(text)
        port, host = parts.port, (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except (UnicodeError, ValueError):
        raise NotFetched(Obstacle.ADDRESS) from None
    if parts.scheme not in PORTS or "@" in parts.netloc or not host:
        raise NotFetched(Obstacle.ADDRESS)
    usual = PORTS[parts.scheme]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    address = Address(parts.scheme, host, port or usual, f"{path}?{query}" if query else path)
    if is_own_test_server(address):
        return address
    if not is_host_name(host) or address.port != usual:
        raise NotFetched(Obstacle.ADDRESS)
    return address


def is_host_name(text: str) -> bool:
    """Tell whether a text is the exact name of a host in the world."""
    return bool(NAME.fullmatch(text))


def is_own_test_server(address: Address) -> bool:
    """Tell whether it is a server that a test started; outside of tests there is none."""
    return f"{address.host}:{address.port}" in settings.HARVEST_TEST_SERVERS


def numbers_of(address: Address) -> list[str]:
    """Return the numbers to which the name of a host leads now, each of them public.

    :raises NotFetched: if it leads nowhere, or any of its numbers is not of the public net.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(Obstacle.NAME, address.host) from None
    numbers = list(dict.fromkeys(str(where[0]) for *_, where in found))
    if not numbers:
        raise NotFetched(Obstacle.NAME, address.host)
    if not is_own_test_server(address) and not all(is_public(number) for number in numbers):
        raise NotFetched(Obstacle.PRIVATE, address.host)
    return numbers


def is_public(text: str) -> bool:
    """Tell whether a number belongs to the public net, for everybody alike."""
    try:
        number: Number = ipaddress.ip_address(text)
    except ValueError:
        return False
    if number in SERVICES_OF_CLOUDS or number.is_multicast or number.is_reserved:
        return False
    if isinstance(number, ipaddress.IPv6Address) and (
        number.is_site_local or number.scope_id or any(number in net for net in TRANSLATED)
    ):
        return False
    return number.is_global
