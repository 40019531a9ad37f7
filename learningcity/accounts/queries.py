from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import CASCADE, ManyToOneRel, QuerySet
from django.urls import reverse
from django.utils import translation

from learningcity.accounts import registry
from learningcity.accounts.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def account_with_address(email: str) -> User | None:
    """Return the open account with this e-mail address, however its letters are written."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def must_have_second_factor(user: User) -> bool:
    """Tell whether a password alone is too little for what this person may do."""
    return user.is_staff or any(is_needed(user) for is_needed in registry.needs_second_factor)


def has_second_factor(user: User) -> bool:
    """Tell whether signing in to this account takes an authenticator app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def relations_to_account() -> Iterator[ManyToOneRel]:
    """Return every foreign key to an account in the whole database, the hidden ones too."""
    for field in User._meta.get_fields(include_hidden=True):
        # A one-to-one key is of this kind as well.
        if isinstance(field, ManyToOneRel):
            yield field


def relations_that_go_with_account() -> Iterator[ManyToOneRel]:
    """Return the foreign keys of rows that are nothing without their account; all others are history."""
    return (relation for relation in relations_to_account() if relation.on_delete is CASCADE)


def rows_behind(relation: ManyToOneRel, user: User) -> QuerySet[Any]:
    """Return the rows that point to an account by this key, those that a manager would hide among them."""
    model: Any = relation.related_model
    return model._base_manager.filter(**{relation.field.name: user})


def password_link(user: User) -> str:
    """Return the address, good for some days and once, under which this person chooses a password."""
    words = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    with translation.override(user.language):
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=words)
