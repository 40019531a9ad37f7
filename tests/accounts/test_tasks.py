"""What is forgotten about visits."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from learningcity.accounts.tasks import forget_visits
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def make_session(key, expires):
    Session.objects.create(session_key=key, session_data="", expire_date=expires)
    return UserSession.objects.create(user=make_user(), session_key=key, ip="192.0.2.1", user_agent="Sample")


def test_forget_visits_keeps_sessions_that_last_and_counts_that_still_count():
    now = timezone.now()
    make_session("over", now - dt.timedelta(minutes=1))
    lasting = make_session("lasting", now + dt.timedelta(days=1))
    cache.set("counted", 1, 60)
    cache.set("over", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE common_cache SET expires = now() - interval '1 minute' WHERE cache_key LIKE '%over'")

    forget_visits(0)

    assert list(UserSession.objects.all()) == [lasting]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasting"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM common_cache")
        assert [row[0] for row in cursor.fetchall()] == [":1:counted"]
