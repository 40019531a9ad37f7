from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.moderation.actions import publish_due


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="moderation.publish_every_minute", pass_context=False)
def publish_every_minute(timestamp: int) -> None:
    """Publish what was approved for a time that has come."""
    publish_due()
