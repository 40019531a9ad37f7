import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.accounts.actions import erase_account
from learningcity.audit.models import Entry
from learningcity.notices import queries
from learningcity.notices.actions import choose, notify, post, read_all, read_notice, unsubscribe
from learningcity.notices.models import Letter, Notice, Preference
from learningcity.notices.tasks import send_letter
from tests.factories.accounts import make_user
from tests.factories.cities import make_city
from tests.factories.notices import KIND, make_letter, make_notice, make_preference

pytestmark = pytest.mark.django_db


def jobs():
    """Return the letters that a worker will look at."""
    rows = ProcrastinateJob.objects.filter(task_name=send_letter.name, status="todo").order_by("pk")
    return [args["letter_id"] for args in rows.values_list("args", flat=True)]


def later(moment, **more):
    return moment + dt.timedelta(**more)


# --- Being told -------------------------------------------------------------------------------------------------------


def test_notify_tells_at_once_and_queues_one_letter():
    user, city, author = make_user(), make_city(), make_user()

    notice = notify(user, KIND, city, by=author, round=2)

    assert list(Notice.objects.values_list("recipient", "kind", "record", "by", "said", "read_at", "settled_at")) == [
        (user.pk, KIND, f"cities.City:{city.pk}", author.pk, {"round": 2}, None, None)
    ]
    assert list(Letter.objects.values_list("pk", "owner", "to", "kind", "text")) == [
        (notice.letter_id, user.pk, "", "notices", "")
    ]
    assert jobs() == [notice.letter_id]


def test_notify_for_the_daily_mail_queues_none_yet():
    user = make_preference(how="daily").user

    notice = notify(user, KIND, make_city())

    assert (notice.settled_at, notice.letter, jobs()) == (None, None, [])


def test_notify_without_mail_is_settled():
    user = make_preference(how="none").user

    notice = notify(user, KIND, make_city())

    assert notice.settled_at is not None
    assert jobs() == []


def test_notify_says_nothing_to_a_closed_account():
    assert notify(make_user(is_active=False), KIND, make_city()) is None
    assert Notice.objects.count() == 0


def test_notify_of_an_unknown_kind_is_refused():
    with pytest.raises(LookupError, match=r"sample\.unknown"):
        notify(make_user(), "sample.unknown", make_city())


def test_notify_with_a_text_that_somebody_wrote_is_refused():
    with pytest.raises(ValueError, match="read from the record"):
        notify(make_user(), KIND, make_city(), reason="Please name the source of the number. " * 5)


def test_notify_twice_within_minutes_mails_once_and_says_the_newest():
    user, city = make_user(), make_city()
    first = notify(user, KIND, city, round=1)

    second = notify(user, KIND, city, round=2)

    assert second == first
    assert list(Notice.objects.values_list("said", flat=True)) == [{"round": 2}]
    assert jobs() == [first.letter_id]


@pytest.mark.django_db(transaction=True)
def test_notify_twice_at_the_same_time_is_one_notice_and_one_mail():
    user, city, both = make_user(), make_city(), threading.Barrier(2)

    def tell():
        with transaction.atomic():
            both.wait()
            notify(user, KIND, city)
        connection.close()

    tellers = [threading.Thread(target=tell) for _ in range(2)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()

    assert Notice.objects.count() == len(jobs()) == 1


def test_notify_later_takes_the_place_of_an_unread_one_and_mails_again():
    user, city = make_user(), make_city()
    first = notify(user, KIND, city)
    Notice.objects.update(created_at=later(timezone.now(), minutes=-11))

    second = notify(user, KIND, city)

    assert list(Notice.objects.values_list("pk", flat=True)) == [second.pk]
    assert jobs() == [first.letter_id, second.letter_id]


def test_notify_after_reading_is_a_notice_of_its_own():
    user, city = make_user(), make_city()
    read_notice(notify(user, KIND, city), by=user)

    notify(user, KIND, city)

    assert Notice.objects.count() == 2


def test_notify_of_different_people_and_records_stands_apart():
    user, other, city = make_user(), make_user(), make_city()

    told = [notify(user, KIND, city), notify(other, KIND, city), notify(user, KIND, make_city())]

    assert len({notice.pk for notice in told}) == len(jobs()) == 3


def test_notify_leaves_nothing_behind_when_the_transaction_is_rolled_back():
    user, city = make_user(), make_city()

    with transaction.atomic():
        notify(user, KIND, city)
        transaction.set_rollback(True)

    assert (Notice.objects.count(), Letter.objects.count(), jobs()) == (0, 0, [])


# --- Letters ----------------------------------------------------------------------------------------------------------


def test_post_queues_a_letter_and_its_job():
    letter = post("reader@example.org", "Subject", "Text", headers={"Reply-To": "office@example.org"})

    assert list(Letter.objects.values_list("to", "subject", "text", "headers", "state", "owner")) == [
        ("reader@example.org", "Subject", "Text", {"Reply-To": "office@example.org"}, "queued", None)
    ]
    assert jobs() == [letter.pk]


def test_post_knows_whose_address_it_is():
    user = make_user(email="Reader@example.org")

    assert post("reader@example.org", "Subject", "Text").owner == user


def test_post_makes_one_line_of_a_subject():
    letter = post("reader@example.org", "Hello\r\nBcc: everybody@example.org", "Text")

    assert letter.subject == "Hello Bcc: everybody@example.org"


@pytest.mark.parametrize("header", [{"X": "a\nBcc: b@example.org"}, {"X\nBcc": "b@example.org"}, {"X": "a\n"}])
def test_post_refuses_headers_of_several_lines(header):
    with pytest.raises(ValueError, match="one line"):
        post("reader@example.org", "Subject", "Text", headers=header)


@pytest.mark.parametrize("address", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"])
def test_post_to_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        post(address, "Subject", "Text")

    assert jobs() == []


# --- Reading ----------------------------------------------------------------------------------------------------------


def test_read_notice_marks_it_and_needs_no_mail_any_more():
    notice = make_notice(settled_at=None)

    read_notice(notice, by=notice.recipient)

    notice.refresh_from_db()
    assert notice.read_at == notice.settled_at is not None


def test_read_notice_twice_keeps_the_first_time():
    notice = make_notice(read_at=later(timezone.now(), days=-1))

    read_notice(notice, by=notice.recipient)

    assert Notice.objects.get().read_at == notice.read_at


def test_read_notice_by_a_stranger_is_refused():
    notice, stranger = make_notice(), make_user(is_staff=True, is_superuser=True)

    with pytest.raises(PermissionDenied):
        read_notice(notice, by=stranger)

    assert Notice.objects.get().read_at is None


def test_read_all_leaves_what_came_since_and_what_others_were_told():
    seen = make_notice()
    fresh = make_notice(recipient=seen.recipient, created_at=later(timezone.now(), minutes=1))
    foreign = make_notice()

    read_all(seen.recipient, timezone.now(), by=seen.recipient)

    assert set(Notice.objects.filter(read_at__isnull=True)) == {fresh, foreign}


def test_read_all_by_a_stranger_is_refused():
    notice, stranger = make_notice(), make_user()

    with pytest.raises(PermissionDenied):
        read_all(notice.recipient, timezone.now(), by=stranger)


# --- How to be told ---------------------------------------------------------------------------------------------------


def test_choose_writes_one_entry_when_it_changes_something():
    user = make_user()

    choose(user, "daily", by=user)
    choose(user, "daily", by=user)

    assert Preference.objects.get().how == "daily"
    assert list(Entry.objects.values_list("action", "before", "after", "actor")) == [
        ("notices.choose", "instant", "daily", user.pk)
    ]


def test_choose_no_mail_settles_what_waits_for_the_daily_one():
    waiting = make_notice(settled_at=None, recipient=make_preference().user)

    choose(waiting.recipient, "none", by=waiting.recipient)

    assert Notice.objects.get().settled_at is not None


def test_choose_what_is_not_offered_is_refused():
    user = make_user()

    with pytest.raises(ValidationError):
        choose(user, "weekly", by=user)

    assert Preference.objects.count() == 0


def test_choose_by_a_stranger_is_refused():
    user, stranger = make_user(), make_user(is_superuser=True)

    with pytest.raises(PermissionDenied):
        choose(user, "none", by=stranger)


def test_choose_for_a_closed_account_is_refused():
    user = make_user(is_active=False)

    with pytest.raises(PermissionDenied):
        choose(user, "none", by=user)


def test_unsubscribe_stops_mail_to_the_owner_of_the_token():
    user, other = make_user(), make_user()

    unsubscribe(queries.token_for(user))

    assert [queries.choice_of(each) for each in (user, other)] == ["none", "instant"]
    assert list(Entry.objects.values_list("action", "after")) == [("notices.unsubscribe", "none")]


def test_unsubscribe_a_second_time_writes_nothing():
    user = make_user()
    unsubscribe(queries.token_for(user))

    unsubscribe(queries.token_for(user))

    assert Entry.objects.count() == 1


def test_unsubscribe_with_the_token_of_a_closed_account_is_refused():
    user = make_user(is_active=False)

    with pytest.raises(queries.TokenRefused):
        unsubscribe(queries.token_for(user))


# --- Going away -------------------------------------------------------------------------------------------------------


def test_erased_account_takes_notices_choice_and_letters_with_it():
    user = make_preference().user
    notify(user, KIND, make_city())
    make_notice(recipient=user, letter=make_letter(kind="notices", owner=user), settled_at=None)
    make_letter(to=user.email.upper())
    make_letter(owner=user, to="former@example.org", state="sent")
    foreign = make_notice(by=user)

    erase_account(user, by=user)

    assert list(Notice.objects.values_list("pk", "by")) == [(foreign.pk, user.pk)]
    assert (Letter.objects.count(), Preference.objects.count()) == (0, 0)
