import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.notices.actions import post
from learningcity.notices.models import Letter, Notice
from learningcity.notices.tasks import forget_old, rescue_letters, send_letter, write_daily_mail
from learningcity.notices.tasks.rounds import latest_morning
from tests.factories.notices import make_letter, make_notice

pytestmark = pytest.mark.django_db


def test_letter_whose_job_is_gone_gets_a_new_one():
    old = timezone.now() - dt.timedelta(hours=1)
    lost, fresh = make_letter(created_at=old), make_letter()
    served = post("reader@example.org", "Subject", "Text")
    Letter.objects.filter(pk=served.pk).update(created_at=old)

    rescue_letters(0)
    rescue_letters(0)

    jobs = ProcrastinateJob.objects.filter(task_name=send_letter.name).values_list("args__letter_id", flat=True)
    assert sorted(jobs) == sorted([lost.pk, served.pk])
    assert fresh.pk not in jobs


def test_letter_whose_worker_was_killed_gets_a_new_job():
    letter = make_letter(created_at=timezone.now() - dt.timedelta(hours=1))
    send_letter.defer(letter_id=letter.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    rescue_letters(0)

    jobs = ProcrastinateJob.objects.filter(task_name=send_letter.name)
    assert sorted(jobs.values_list("status", flat=True)) == ["doing", "todo"]


def test_forget_old_keeps_what_waits_and_what_is_young():
    old = timezone.now() - dt.timedelta(days=400)
    make_letter(state="sent", settled_at=old)
    waiting, young = make_letter(created_at=old), make_letter(state="sent")
    make_notice(created_at=old)
    fresh = make_notice(letter=young)

    forget_old(0)

    assert set(Letter.objects.all()) == {waiting, young}
    assert list(Notice.objects.all()) == [fresh]


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-21T00:29:59+00:00", "2026-11-20T07:30:00+07:00"),
        ("2026-11-21T00:30:00+00:00", "2026-11-21T07:30:00+07:00"),
        ("2026-11-21T23:59:00+07:00", "2026-11-21T07:30:00+07:00"),
    ],
)
def test_morning_is_half_past_seven_in_thailand(now, morning):
    assert latest_morning(dt.datetime.fromisoformat(now)) == dt.datetime.fromisoformat(morning)


def test_daily_mail_waits_for_the_morning_and_is_made_up_for_later():
    told_at = dt.datetime.fromisoformat("2026-11-21T12:00:00+07:00")
    make_notice(settled_at=None, created_at=told_at)
    rounds = ("2026-11-21T23:45+07:00", "2026-11-22T07:15+07:00", "2026-11-22T09:00+07:00", "2026-11-23T07:30+07:00")

    letters = []
    for moment in rounds:
        write_daily_mail(int(dt.datetime.fromisoformat(moment).timestamp()))
        letters.append(Letter.objects.count())

    assert letters == [0, 0, 1, 1]
