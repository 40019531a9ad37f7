from __future__ import annotations

from procrastinate.contrib.django import app

from learningcity.imports import tasks


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="imports.resume_interrupted", pass_context=False)
async def resume_interrupted(timestamp: int) -> None:
    """Begin again what a worker left when it was stopped in the middle; each of these jobs may run twice."""
    for task in (tasks.check, tasks.apply, tasks.undo):
        for job in await app.job_manager.get_stalled_jobs(task_name=task.name):
            await app.job_manager.retry_job(job)
