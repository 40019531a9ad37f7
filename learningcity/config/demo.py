"""The demo prints mail on the screen and has accounts whose passwords everybody knows, so it never leaves this machine."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from learningcity.config.env import database, envlist, envstr

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "::1", ".localhost"}
# Whoever sets one of these means production.
OF_PRODUCTION = ("SECRET_KEY", "EMAIL_HOST", "S3_BUCKET", "SENTRY_DSN", "BEHIND_PROXY")


def insist_on_this_machine() -> None:
    """Refuse the demo wherever anything in the environment points beyond this machine.

    :raises ImproperlyConfigured: naming what does.
    """
    far = [name for name in OF_PRODUCTION if envstr(name)]
    if envstr("SITE_URL") and urlsplit(envstr("SITE_URL")).hostname not in LOCAL_HOSTS:
        far.append("SITE_URL")
    if not set(envlist("ALLOWED_HOSTS")) <= LOCAL_HOSTS:
        far.append("ALLOWED_HOSTS")
    far += [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if envstr(name) and not is_near(envstr(name))]
    if far:
        raise ImproperlyConfigured(
            f"Not started: the demo runs on this machine only, and {', '.join(far)} point"
            f"{'s' if len(far) == 1 else ''} beyond it. For a real site leave LEARNINGCITY_DEMO unset."
        )


def is_near(url: str) -> bool:
    """Tell whether a database lives on this machine: behind a socket or at a local address."""
    address = database(url)
    hosts = {address["HOST"], address["OPTIONS"].get("host", ""), address["OPTIONS"].get("hostaddr", "")} - {""}
    return all(host.startswith("/") or host in LOCAL_HOSTS for host in hosts)
