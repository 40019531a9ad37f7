import pytest
from django.db import connection, transaction

from learningcity.imports.models import Progress
from learningcity.imports.tasks.progress import told_progress
from tests.factories.imports import make_progress

pytestmark = pytest.mark.django_db(transaction=True)


def test_progress_is_seen_before_the_work_is_done():
    upload = make_progress().upload

    with transaction.atomic(), told_progress(upload.pk) as tell:
        tell(3, 10)
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT done, total FROM imports_progress")
            seen = cursor.fetchone()
        other.close()
        transaction.set_rollback(True)

    assert seen == (3, 10)


def test_progress_that_cannot_be_told_at_once_is_not_waited_for():
    upload = make_progress().upload

    with transaction.atomic(), told_progress(upload.pk) as tell:
        Progress.objects.update(total=1)
        tell(3, 10)

    assert (upload.progress.done, Progress.objects.get().total) == (0, 1)


def test_progress_is_told_now_and_then_only():
    upload = make_progress().upload

    with told_progress(upload.pk) as tell:
        tell(1, 10)
        tell(2, 10)
        between = Progress.objects.get().done
        tell(10, 10)

    assert (between, Progress.objects.get().done) == (1, 10)
