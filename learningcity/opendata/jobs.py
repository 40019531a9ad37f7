from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.opendata.actions import keep_snapshots


# In the night of Thailand.
@app.periodic(cron="20 20 * * *")
@app.task(queueing_lock="opendata.keep_snapshots_every_day", pass_context=False)
def keep_snapshots_every_day(timestamp: int) -> None:
    """Keep a version of every table of the platform that changed since yesterday."""
    keep_snapshots()
