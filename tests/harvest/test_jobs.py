"""What the clock and the queue start."""

import pytest
from asgiref.sync import async_to_sync

from learningcity.harvest import jobs as work
from learningcity.harvest.actions import begin_run
from learningcity.harvest.models import Run

pytestmark = pytest.mark.django_db


def test_job_of_a_run_does_it(catalog, origin, officer):
    catalog.put(1)
    run = begin_run(origin, "changes", by=officer)

    work.harvest.func(run.pk)

    assert Run.objects.get().state == "done"


def test_clock_begins_what_is_due_and_forgets_what_is_old(origin, jobs):
    work.begin_due_hourly.func(0)
    work.forget_daily.func(0)

    assert [arguments for arguments, _lock, _late in jobs("harvest.run")] == [{"run": Run.objects.get().pk}]


def test_run_that_a_killed_worker_left_is_taken_up(monkeypatch):
    class Queue:
        retried: list[str] = []

        async def get_stalled_jobs(self, task_name):
            return [task_name]

        async def retry_job(self, job):
            self.retried.append(job)

    monkeypatch.setattr(work.app, "job_manager", Queue())

    async_to_sync(work.resume_interrupted.func)(0)

    assert Queue.retried == ["harvest.run"]
