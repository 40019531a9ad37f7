"""The mail backend of Django: whatever anybody sends goes through the outbox, so that no visitor waits for a mail server."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from learningcity.notices import actions


class Outbox(BaseEmailBackend):
    """Turns mails into letters, one for each recipient. They go when the transaction does, or not at all."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            post_each(message)
        return len(email_messages)


def post_each(message: EmailMessage) -> None:
    """Put a mail into the outbox for each of its recipients.

    :raises ValueError: if it carries what a letter cannot: a file, or a text that is neither plain nor HTML.
    :raises BadHeaderError: if a header has more than one line.
    """
    # Django refuses here what it would refuse when sending.
    message.message()
    html = html_of(message)
    for recipient in message.recipients():
        actions.post(
            parseaddr(recipient)[1], str(message.subject), str(message.body), headers=headers_of(message), html=html
        )


def html_of(message: EmailMessage) -> str:
    """Return the text with markup, if there is one.

    :raises ValueError: if there is anything else.
    """
    others: list[Any] = getattr(message, "alternatives", [])
    if (
        message.attachments
        or message.content_subtype != "plain"
        or [kind for _text, kind in others] not in ([], ["text/html"])
    ):
        raise ValueError("a letter is plain text, with HTML beside it or without, and carries no files")
    return str(others[0][0]) if others else ""


def headers_of(message: EmailMessage) -> dict[str, str]:
    """Return the headers of a mail that are not the same for all mails of the site."""
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(map(str, message.reply_to))
    if message.from_email != settings.DEFAULT_FROM_EMAIL:
        headers["From"] = message.from_email
    return headers
