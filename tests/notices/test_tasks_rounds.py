import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.notices.actions import post
from learningcity.notices.models import Letter, Notice
from learningcity.notices.tasks import forget_old, rescue_letters, send_letter, write_daily_mail
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


def test_daily_mail_comes_at_half_past_seven_in_bangkok():
    [periodic] = [
        each for each in app.periodic_registry.periodic_tasks.values() if each.task.name == write_daily_mail.name
    ]

    moment = dt.datetime.fromtimestamp(next(periodic.croniter.all_next(float, start_time=0)), dt.UTC)

    assert f"{timezone.localtime(moment):%H:%M %Z}" == "07:30 +07"
