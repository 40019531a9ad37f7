from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.harvest import actions


@app.task(name="harvest.run", pass_context=False)
def harvest(run: int) -> None:
    actions.work_on(run)


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="harvest.begin_due_hourly", pass_context=False)
def begin_due_hourly(timestamp: int) -> None:
    """Begin to harvest what the clock asks for."""
    actions.begin_due_runs()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="harvest.resume_interrupted", pass_context=False)
async def resume_interrupted(timestamp: int) -> None:
    """Go on with what a worker left when it was stopped in the middle."""
    for job in await app.job_manager.get_stalled_jobs(task_name=harvest.name):
        await app.job_manager.retry_job(job)


@app.periodic(cron="47 19 * * *")
@app.task(queueing_lock="harvest.forget_daily", pass_context=False)
def forget_daily(timestamp: int) -> None:
    """Delete what runs of long ago found."""
    actions.forget_findings()
