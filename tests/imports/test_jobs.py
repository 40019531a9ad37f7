import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from learningcity.imports.actions import upload_table
from learningcity.imports.jobs import resume_interrupted
from tests.factories.imports import HEADINGS, as_upload, text

pytestmark = pytest.mark.django_db


def jobs(status):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'imports.check' AND status = %s", [status]
        )
        return cursor.fetchone()[0]


def test_what_a_worker_left_in_the_middle_begins_again(secretary):
    upload_table(as_upload(text([HEADINGS])), "facts", "", by=secretary)
    with connection.cursor() as cursor:
        # A worker took the job and is there no more.
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    async_to_sync(resume_interrupted.func)(0)

    assert (jobs("doing"), jobs("todo")) == (0, 1)


def test_what_waits_for_a_worker_is_left_alone(secretary):
    upload_table(as_upload(text([HEADINGS])), "facts", "", by=secretary)

    async_to_sync(resume_interrupted.func)(0)

    assert jobs("todo") == 1
