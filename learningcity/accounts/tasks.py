"""What may be forgotten about visits."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app


@app.periodic(cron="7 20 * * *")
@app.task(queueing_lock="accounts.forget_visits", pass_context=False)
def forget_visits(timestamp: int) -> None:
    """Delete sessions that have ended, with browser and internet address, and counts of attempts whose time is over."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        # Django's cache does so only for single rows that are asked for, or when it is full.
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 -- the table is ours
