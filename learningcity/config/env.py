"""Typed reading of the environment, and one clear sentence for what is missing."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def envstr(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def envbool(name: str, default: bool = False) -> bool:
    """Read a yes or no.

    :raises ImproperlyConfigured: if the value is neither.
    """
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def envint(name: str, default: int) -> int:
    """Read a whole number.

    :raises ImproperlyConfigured: if the value is not one.
    """
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def envlist(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def require(*names: str) -> None:
    """Refuse to go on while any of these variables is empty, and name all of them at once.

    :raises ImproperlyConfigured: naming what is missing.
    """
    if missing := [name for name in names if not envstr(name)]:
        raise ImproperlyConfigured(
            f"Not started: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set. "
            "See .env.example for what each one means."
        )


def database(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's settings.

    A directory of a Unix socket may stand percent-encoded in the place of the host.

    :raises ImproperlyConfigured: if the address is not one of PostgreSQL.
    """
    parts = urlsplit(url)
    name = unquote(parts.path[1:])
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            "A database address must read postgresql://user:password@host/name; only PostgreSQL is supported."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # Not parts.hostname, which would write the directory of a socket in small letters.
        "HOST": unquote(parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}").strip("[]")),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
