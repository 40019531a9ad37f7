from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.opendata import tasks
from learningcity.opendata.actions import drop_forgotten_uploads, keep_snapshots, sum_up_uses


# In the night of Thailand.
@app.periodic(cron="20 20 * * *")
@app.task(queueing_lock="opendata.keep_snapshots_every_day", pass_context=False)
def keep_snapshots_every_day(timestamp: int) -> None:
    """Keep a version of every table of the platform that changed since yesterday."""
    keep_snapshots()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="opendata.resume_interrupted", pass_context=False)
async def resume_interrupted(timestamp: int) -> None:
    """Begin again to examine what a worker left when it was stopped in the middle."""
    for job in await app.job_manager.get_stalled_jobs(task_name=tasks.examine.name):
        await app.job_manager.retry_job(job)


@app.periodic(cron="41 19 * * *")
@app.task(queueing_lock="opendata.drop_forgotten_uploads_daily", pass_context=False)
def drop_forgotten_uploads_daily(timestamp: int) -> None:
    """Delete the files that nobody went on with."""
    drop_forgotten_uploads()


@app.periodic(cron="52 20 * * *")
@app.task(queueing_lock="opendata.sum_up_uses_daily", pass_context=False)
def sum_up_uses_daily(timestamp: int) -> None:
    """Say of each dataset how often it was downloaded in the last twelve months."""
    sum_up_uses()
