import datetime as dt
import uuid

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone

from learningcity.imports.actions import upload_table
from learningcity.imports.jobs import forget_daily, resume_interrupted
from learningcity.imports.models import Import
from learningcity.moderation.actions import begin
from tests.factories.imports import HEADINGS, as_upload, make_import, make_upload, text

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


def test_what_nobody_went_on_with_is_discarded(django_capture_on_commit_callbacks):
    long_ago = timezone.now() - dt.timedelta(days=91)
    old, waiting = (make_import(text([HEADINGS, ("a", "b", "c", "d", "e")])) for _ in range(2))
    Import.objects.update(uploaded_at=long_ago)
    begun = make_upload(state="applied", applied_at=long_ago, uploaded_at=long_ago)
    fresh = make_upload()
    proposal = begin(("import", waiting.place, str(waiting.pk)), uuid.uuid4(), by=waiting.by)
    type(proposal).objects.update(state="submitted", submitted_at=long_ago)
    storage, name = old.file.storage, old.file.name

    with django_capture_on_commit_callbacks(execute=True):
        forget_daily(0)

    assert list(Import.objects.order_by("pk").values_list("pk", "state")) == [
        (old.pk, "discarded"),
        (waiting.pk, "checked"),
        (begun.pk, "applied"),
        (fresh.pk, "uploaded"),
    ]
    assert (storage.exists(name), old.rows.count()) == (False, 0)
