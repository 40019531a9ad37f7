"""What recurs: the daily mail, letters that lost their job, and what may be forgotten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.accounts.models import User
from learningcity.notices.enums import LetterState
from learningcity.notices.models import Letter, Notice
from learningcity.notices.tasks.letters import queue_notices, send_letter

# Long enough for a job to be fetched and done; a letter that still waits after it may have lost its job.
PATIENCE = dt.timedelta(minutes=15)
# A worker says every ten seconds that it lives.
SILENCE = dt.timedelta(minutes=2)
LIFE_OF_LETTERS = dt.timedelta(days=90)
LIFE_OF_NOTICES = dt.timedelta(days=365)


def latest_morning(now: dt.datetime) -> dt.datetime:
    """Return when it was last half past seven in Thailand."""
    morning = timezone.localtime(now).replace(hour=7, minute=30, second=0, microsecond=0)
    return morning if morning <= now else morning - dt.timedelta(days=1)


# Not once a day: a worker that was away at that minute makes up for it, and all others find nothing left to do.
@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="notices.write_daily_mail", pass_context=False)
def write_daily_mail(timestamp: int) -> None:
    """Put one letter for each person who was told something before this morning, and not by mail, into the outbox."""
    before = latest_morning(dt.datetime.fromtimestamp(timestamp, dt.UTC))
    waiting = Notice.objects.filter(settled_at__isnull=True, letter__isnull=True, created_at__lt=before)
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
        status="doing", worker__last_heartbeat__gt=timezone.now() - SILENCE
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
