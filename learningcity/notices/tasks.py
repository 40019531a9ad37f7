from __future__ import annotations

import datetime as dt
import logging
import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, ngettext
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from learningcity.accounts.models import User
from learningcity.common.text import LocalText
from learningcity.notices import queries
from learningcity.notices.enums import Choice, LetterKind, LetterState
from learningcity.notices.models import Letter, Notice

logger = logging.getLogger(__name__)

# Minutes to wait after each failure; after the last one a letter is given up, some thirteen hours after it was written.
PAUSES = (1, 5, 25, 125, 625)
# Long enough for a job to be fetched and done; a letter that still waits after it may have lost its job.
PATIENCE = dt.timedelta(minutes=15)
LIFE_OF_LETTERS = dt.timedelta(days=90)
LIFE_OF_NOTICES = dt.timedelta(days=365)


class NotSent(Exception):
    """A letter could not be handed over this time; it will be tried again."""


class Pauses(BaseRetryStrategy):
    """Wait longer after each failure, and not for ever."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= len(PAUSES):
            return None
        return RetryDecision(retry_in={"minutes": PAUSES[job.attempts]})


# --- The way of a letter ----------------------------------------------------------------------------------------------


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


# --- The words of a letter about notices ------------------------------------------------------------------------------


def find_words(letter: Letter) -> bool:
    """Write into a letter what its owner may still see and has not read, and tell whether there is anything."""
    owner = letter.owner
    if owner is None or queries.choice_of(owner) == Choice.NONE:
        return False
    rows = letter.notices.filter(read_at__isnull=True).select_related("by").order_by("pk")
    notices = queries.visible(rows, owner)
    if not notices:
        return False
    with translation.override(owner.language):
        write_words(letter, owner, [queries.line(notice) for notice in notices])
    return True


def write_words(letter: Letter, owner: User, lines: list[queries.Line]) -> None:
    """Write subject, text and headers in the language of the moment."""
    name = str(LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN))
    stop = settings.SITE_URL + reverse("unsubscribe", args=[queries.token_for(owner)])
    many = ngettext("%(count)s notice", "%(count)s notices", len(lines)) % {"count": len(lines)}
    letter.subject = f"{name}: {lines[0].title if len(lines) == 1 else many}"
    words: dict[str, Any] = {
        "site_name": name,
        "site_url": settings.SITE_URL,
        "lines": lines,
        "why": why(queries.choice_of(owner)),
        "stop": stop,
    }
    letter.text = render_to_string("notices/email/notices.txt", words).strip() + "\n"
    letter.headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def why(choice: str) -> str:
    if choice == Choice.DAILY:
        return _("You get this mail because you chose to be told once a day.")
    return _("You get this mail because you chose to be told at once.")


# --- What recurs ------------------------------------------------------------------------------------------------------


@app.periodic(cron="30 0 * * *")
@app.task(queueing_lock="notices.write_daily_mail", pass_context=False)
def write_daily_mail(timestamp: int) -> None:
    """Put one letter for each person whose notices wait for the daily mail into the outbox, at 7:30 in Bangkok."""
    waiting = Notice.objects.filter(settled_at__isnull=True, letter__isnull=True)
    for owner in User.objects.filter(pk__in=waiting.values("recipient"), is_active=True):
        with transaction.atomic():
            # Under a lock, so that two who do this at once do not write two letters.
            rows = waiting.filter(recipient=owner).select_for_update().values_list("pk", flat=True)
            if keys := list(rows):
                Notice.objects.filter(pk__in=keys).update(letter=queue_notices(owner))


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="notices.rescue_letters", pass_context=False)
def rescue_letters(timestamp: int) -> None:
    """Give a new job to letters whose job is gone, because its worker was killed or a backup was put back."""
    jobs = ProcrastinateJob.objects.filter(task_name=send_letter.name)
    alive = jobs.filter(status="todo") | jobs.filter(
        status="doing", worker__last_heartbeat__gt=timezone.now() - dt.timedelta(minutes=2)
    )
    served = set(alive.values_list("args__letter_id", flat=True))
    old = Letter.objects.filter(state=LetterState.QUEUED, created_at__lt=timezone.now() - PATIENCE)
    for key in old.values_list("pk", flat=True):
        if key not in served:
            send_letter.defer(letter_id=key)


@app.periodic(cron="47 19 * * *")
@app.task(queueing_lock="notices.forget_old", pass_context=False)
def forget_old(timestamp: int) -> None:
    """Delete what nobody needs any more, at 2:47 in Bangkok: letters after three months, notices after a year."""
    now = timezone.now()
    Letter.objects.filter(settled_at__lt=now - LIFE_OF_LETTERS).delete()
    Notice.objects.filter(created_at__lt=now - LIFE_OF_NOTICES).delete()
