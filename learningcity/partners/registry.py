"""What the floors above tell partners: where an invitation is accepted."""

from collections.abc import Callable

_ways: list[Callable[[str], str]] = []


def lead(way: Callable[[str], str]) -> None:
    """Say at which path an invitation with this token is accepted."""
    _ways[:] = [way]


def way_of(token: str) -> str:
    """Return the path at which the invitation with this token is accepted.

    :raises LookupError: if nobody said where.
    """
    if not _ways:
        raise LookupError("nobody said where an invitation is accepted")
    return _ways[0](token)
