from __future__ import annotations

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningcity.accounts import registry
from learningcity.accounts.models import User
from learningcity.accounts.queries import password_link, relations_that_go_with_account, rows_behind
from learningcity.common.text import LocalText


@transaction.atomic
def open_account(user: User, *, by: User | None) -> User:
    """Open an account, whose address counts as proven: its owner gets in by a link that is sent there.

    :raises PermissionDenied: if somebody does it who may not; into the administration only a command (nobody) lets people.
    :raises ValidationError: if the address is none, or has an account already.
    """
    if by is not None and (user.is_staff or user.is_superuser or not by.has_perm("accounts.open_account")):
        raise PermissionDenied
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    registry.write("accounts.open_account", user, by=by, is_staff=user.is_staff)
    return user


@transaction.atomic
def invite_person(user: User, *, by: User) -> User:
    """Open an account and send its owner the way in.

    :raises PermissionDenied: if somebody does it who may not.
    :raises ValidationError: if the address is none, or has an account already.
    """
    user = open_account(user, by=by)
    send_welcome(user)
    return user


def send_welcome(user: User) -> None:
    """Send to a new account the link with which its owner chooses a password."""
    with translation.override(user.language):
        name = str(LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))
        words = {"user": user, "link": password_link(user), "site_name": name}
        text = render_to_string("accounts/email/account_opened.txt", words)
        send_mail(f"{name}: {_('your account')}", text.strip() + "\n", None, [user.email])


@transaction.atomic
def change_profile(user: User, *, name: str, language: str, by: User) -> User:
    """Change what an account says about its owner.

    :raises PermissionDenied: if it is somebody else's account.
    """
    insist_on_own_account(user, by)
    user.name, user.language = name, language
    user.full_clean(exclude=["email", "password"])
    user.save(update_fields=["name", "language"])
    registry.write("accounts.change_profile", user, by=by)
    return user


@transaction.atomic
def close_account(user: User, *, by: User | None) -> User:
    """Shut a person out, at once and everywhere; nothing about them is erased.

    :raises PermissionDenied: if somebody does it who may not; only commands (nobody) may so far.
    """
    if by is not None:
        raise PermissionDenied
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    registry.write("accounts.close_account", user, by=by)
    return user


def note_download(user: User, *, by: User) -> None:
    """Write down that everything about a person was handed out.

    :raises PermissionDenied: if it is somebody else's account.
    """
    insist_on_own_account(user, by)
    registry.write("accounts.download_data", user, by=by)


@transaction.atomic
def erase_account(user: User, *, by: User) -> User:
    """Erase who a person is; the nameless row stays, so that what they did keeps an author.

    :raises PermissionDenied: if it is somebody else's account.
    """
    insist_on_own_account(user, by)
    # Before the chain is locked, so that two transactions never wait for each other; and without the key, because entries
    # that name this person as their author are written meanwhile.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    # The second of two clicks brings what was read before the first one had its effect.
    insist_on_own_account(user, user)
    for farewell in registry.farewells:
        farewell(user)
    end_sessions(user)
    for relation in relations_that_go_with_account():
        rows_behind(relation, user).delete()
    user.email, user.name = f"erased-{user.pk}@erased.invalid", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.erased_at = None, timezone.now()
    user.language = User._meta.get_field("language").get_default()
    user.set_unusable_password()
    user.save()
    registry.write("accounts.erase_account", user, by=by)
    return user


def end_sessions(user: User) -> None:
    """Sign a person out everywhere."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in UserSession.objects.filter(user=user).values_list("session_key", flat=True):
        store(key).delete()


def insist_on_own_account(user: User, actor: User) -> None:
    """Refuse to touch somebody else's account.

    :raises PermissionDenied: if the two are not the same person.
    """
    if actor.pk != user.pk or not actor.is_active:
        raise PermissionDenied
