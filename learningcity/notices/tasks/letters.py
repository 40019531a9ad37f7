"""The way of a letter: into the outbox, to the mail server, and again where that did not work."""

from __future__ import annotations

import logging
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from learningcity.accounts.models import User
from learningcity.notices.enums import LetterKind, LetterState
from learningcity.notices.models import Letter
from learningcity.notices.tasks.words import find_words

logger = logging.getLogger(__name__)

# Minutes to wait after each failure; after the last one a letter is given up, some thirteen hours after it was written.
PAUSES = (1, 5, 25, 125, 625)


class NotSent(Exception):
    """A letter could not be handed over this time; it will be tried again."""


class Pauses(BaseRetryStrategy):
    """Wait longer after each failure, and not for ever."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= len(PAUSES):
            return None
        return RetryDecision(retry_in={"minutes": PAUSES[job.attempts]})


@transaction.atomic
def queue(letter: Letter) -> Letter:
    """Put a letter into the outbox, with the job that sends it: both are there, or neither."""
    letter.save(force_insert=True)
    send_letter.defer(letter_id=letter.pk)
    return letter


def queue_notices(owner: User) -> Letter:
    """Put a letter into the outbox whose words are found when it is sent."""
    return queue(Letter(kind=LetterKind.NOTICES, owner=owner))


@app.task(retry=Pauses())
def send_letter(letter_id: int) -> None:
    """Send a letter that still waits; one that is gone stays gone.

    :raises NotSent: if it could not be handed over and will be tried again.
    """
    try:
        with transaction.atomic():
            # Locked while the mail server listens: a second worker waits here, and then finds the letter gone.
            waiting = Letter.objects.select_for_update(of=("self",)).select_related("owner")
            if letter := waiting.filter(pk=letter_id, state=LetterState.QUEUED).first():
                send(letter)
    except Exception as problem:
        if note_failure(letter_id, problem):
            return
        # What a mail server says names the address, and logs name nobody.
        cause = None if isinstance(problem, OSError) else problem
        raise NotSent(f"letter {letter_id}: {type(problem).__name__}") from cause


def send(letter: Letter) -> None:
    """Hand a letter to the mail server, or drop it if there is nothing left to say."""
    letter.tries += 1
    if letter.kind == LetterKind.NOTICES and not find_words(letter):
        settle(letter, LetterState.DROPPED)
        return
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.owner.email if letter.owner and not letter.to else letter.to],
        headers={"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated", **letter.headers},
        connection=get_connection(settings.LETTER_BACKEND),
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    message.send()
    settle(letter, LetterState.SENT)


def settle(letter: Letter, state: LetterState) -> None:
    """Close a letter and wipe what it said."""
    letter.state, letter.settled_at = state, timezone.now()
    letter.subject = letter.text = letter.html = ""
    letter.headers = {}
    letter.save()
    letter.notices.filter(settled_at__isnull=True).update(settled_at=letter.settled_at)


@transaction.atomic
def note_failure(letter_id: int, problem: Exception) -> bool:
    """Count a failure, give the letter up if it was the last one allowed, and tell whether nothing is left to try."""
    letter = Letter.objects.select_for_update().filter(pk=letter_id, state=LetterState.QUEUED).first()
    if not letter:
        return True
    letter.tries += 1
    if letter.tries <= len(PAUSES) and not is_final(problem):
        letter.save(update_fields=["tries"])
        return False
    settle(letter, LetterState.FAILED)
    logger.error("Letter %s is given up after %s tries: %s.", letter.pk, letter.tries, type(problem).__name__)
    return True


def is_final(problem: Exception) -> bool:
    """Tell whether the mail server said that this address will never work."""
    if not isinstance(problem, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _words in problem.recipients.values())


def message_id(letter: Letter) -> str:
    """Return the same name for each try, so that a mail that came through twice after all is shown once."""
    return f"<{letter.created_at:%Y%m%d%H%M%S%f}.{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>"
