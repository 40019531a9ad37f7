from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.imports import actions, tasks


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="imports.resume_interrupted", pass_context=False)
async def resume_interrupted(timestamp: int) -> None:
    """Begin again what a worker left when it was stopped in the middle; each of these jobs may run twice."""
    for task in (tasks.check, tasks.apply, tasks.undo):
        for job in await app.job_manager.get_stalled_jobs(task_name=task.name):
            await app.job_manager.retry_job(job)


@app.periodic(cron="23 19 * * *")
@app.task(queueing_lock="imports.forget_daily", pass_context=False)
def forget_daily(timestamp: int) -> None:
    """Discard the spreadsheets that nobody went on with."""
    actions.discard_forgotten_imports()
