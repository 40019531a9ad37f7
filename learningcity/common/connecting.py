"""A connection to a machine of others that ends at its hour, however slowly the other side speaks."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.client import HTTPConnection
from typing import Any

from learningcity.common.addresses import Address, NotFetched, Obstacle

# Of several numbers that a host has, so many are tried.
TRIES = 2


class Deadline:
    """The moment at which it has taken too long."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self, most: float = 3600.0) -> float:
        """Return how many seconds are left.

        :raises NotFetched: if there are none.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise NotFetched(Obstacle.TIME)
        return min(left, most)


class _Reading(io.RawIOBase):
    """What comes in; each piece may take what is left of the time, not more."""

    def __init__(self, link: socket.socket, deadline: Deadline) -> None:
        self.link, self.deadline = link, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.link.settimeout(self.deadline.left())
        return self.link.recv_into(buffer)


class _Link:
    """As much of a socket as http.client asks for."""

    def __init__(self, link: socket.socket, deadline: Deadline) -> None:
        self.link, self.deadline = link, deadline

    def sendall(self, content: bytes) -> None:
        self.link.settimeout(self.deadline.left())
        self.link.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self.link, self.deadline))

    def close(self) -> None:
        """Leave the line open: http.client lets go of it before the answer is read; connected() ends it."""


@cache
def trust() -> ssl.SSLContext:
    """Return whose certificates are believed: those of the machine; names are checked."""
    return ssl.create_default_context()


@contextmanager
def connected(address: Address, numbers: list[str], deadline: Deadline, patience: float) -> Iterator[HTTPConnection]:
    """Provide a connection to one of these very numbers; the name is not looked up again.

    :raises NotFetched: if nobody answers there, or the certificate is not that of the host.
    """
    link = _locked(_socket(address, numbers, deadline, patience), address, deadline.left(patience))
    try:
        client = HTTPConnection(address.host, address.port)
        client.sock = _Link(link, deadline)
        yield client
    finally:
        link.close()


def _locked(link: socket.socket, address: Address, patience: float) -> socket.socket:
    """Return the line, locked where the address asks for it.

    :raises NotFetched: if the other side is not who it should be.
    """
    if address.scheme != "https":
        return link
    try:
        link.settimeout(patience)
        return trust().wrap_socket(link, server_hostname=address.host)
    except OSError as problem:
        link.close()
        if isinstance(problem, ssl.SSLCertVerificationError):
            raise NotFetched(Obstacle.CERTIFICATE, address.host) from problem
        kind = Obstacle.TIME if isinstance(problem, TimeoutError) else Obstacle.CONNECTION
        raise NotFetched(kind, address.host) from problem


def _socket(address: Address, numbers: list[str], deadline: Deadline, patience: float) -> socket.socket:
    slow = False
    for number in numbers[:TRIES]:
        try:
            return socket.create_connection((number, address.port), timeout=deadline.left(patience))
        except TimeoutError:
            slow = True
        except OSError:
            continue
    raise NotFetched(Obstacle.TIME if slow else Obstacle.CONNECTION, address.host)
