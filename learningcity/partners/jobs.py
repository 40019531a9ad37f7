from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from learningcity.partners.actions import forget_invitations, remind


# In the morning of Thailand, before people come to the office.
@app.periodic(cron="40 23 * * *")
@app.task(queueing_lock="partners.remind_every_day", pass_context=False)
def remind_every_day(timestamp: int) -> None:
    """Tell those concerned of agreements that end soon and of promises that are due or late."""
    remind(timezone.localdate())


@app.periodic(cron="13 20 * * *")
@app.task(queueing_lock="partners.forget_every_day", pass_context=False)
def forget_every_day(timestamp: int) -> None:
    """Forget invitations that nobody used."""
    forget_invitations()
