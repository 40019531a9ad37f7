"""Where signing in here differs from what django-allauth does by itself."""

from __future__ import annotations

import base64
import hashlib
import logging
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from learningcity.accounts.models import User
from learningcity.common.text import LocalText

logger = logging.getLogger(__name__)


def site_name() -> LocalText:
    return LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the secretariat, mail speaks in the site's name, and haste is answered with 429."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(respond_429(request)) from None

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail: on our site, whatever host or port the request was sent to."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = SimpleNamespace(name=site_name(), domain=settings.SITE_URL)
        super().send_mail(template_prefix, email, {"current_site": site, **context})

    def send_notification_mail(self, template_prefix: str, user: User, *words: Any, **more: Any) -> None:
        with translation.override(user.language):
            super().send_notification_mail(template_prefix, user, *words, **more)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes lie encrypted, so that a copy of the database opens no account."""

    def encrypt(self, text: str) -> str:
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret.

        :raises PermissionDenied: if it was encrypted with a key that the site no longer has.
        """
        try:
            return keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.exception("a second factor is encrypted with a key that stands neither in SECRET_KEY nor behind it")
            raise PermissionDenied from None

    def _get_site_name(self) -> str:
        return str(site_name())


def keys() -> MultiFernet:
    """Return the keys made from the secret keys of the site; the newest one encrypts."""
    digests = (hashlib.sha256(b"second factor:" + key.encode()).digest() for key in secret_keys())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def secret_keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
