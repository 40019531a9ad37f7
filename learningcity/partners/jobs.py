from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from learningcity.partners.actions import remind


# In the morning of Thailand, before people come to the office.
@app.periodic(cron="40 23 * * *")
@app.task(queueing_lock="partners.remind_every_day", pass_context=False)
def remind_every_day(timestamp: int) -> None:
    """Tell those concerned of agreements that end soon and of promises that are due or late."""
    remind(timezone.localdate())
