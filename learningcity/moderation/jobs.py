from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.moderation.actions import forget_addresses, publish_due


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="moderation.publish_every_minute", pass_context=False)
def publish_every_minute(timestamp: int) -> None:
    """Publish what was approved for a time that has come."""
    publish_due()


@app.periodic(cron="11 20 * * *")
@app.task(queueing_lock="moderation.forget_every_day", pass_context=False)
def forget_every_day(timestamp: int) -> None:
    """Forget the addresses of those who wait for no answer any more."""
    forget_addresses()
