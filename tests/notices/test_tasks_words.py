import email
import email.policy
import smtplib

import pytest
from django.core import mail
from django.utils import timezone

from learningcity.notices import queries
from learningcity.notices.actions import choose, notify, read_notice
from learningcity.notices.models import Letter, Notice
from learningcity.notices.tasks import NotSent, letters, send_letter, write_daily_mail
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_province
from tests.factories.notices import KIND, make_notice, make_preference

pytestmark = pytest.mark.django_db

TOMORROW = int(timezone.now().timestamp()) + 24 * 60 * 60


def send_all():
    """Do what the worker does with the letters that wait."""
    for key in Letter.objects.filter(state="queued").order_by("pk").values_list("pk", flat=True):
        send_letter(key)


def refuse(message, fail_silently=False):
    """Answer as a mail server that is away."""
    raise smtplib.SMTPServerDisconnected


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_mail_about_a_notice_says_what_waits_and_where_and_how_to_stop():
    user, city = make_user(language="en"), make_city(name_en="Sample City")
    notify(user, KIND, city)

    send_all()

    message = mail.outbox[0]
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert (message.to, message.subject) == ([user.email], "Learning City Platform: Sample City asks")
    assert message.body.splitlines() == [
        "Learning City Platform",
        "",
        "Sample City asks",
        f"http://localhost:8000/cities/{city.slug}/",
        "",
        "--",
        "You are told by mail at once.",
        "All notices: http://localhost:8000/en/notices/",
        "Change how you are told: http://localhost:8000/en/notices/settings/",
        f"No more mail, without signing in: {stop}",
    ]
    received = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
    assert received["List-Unsubscribe"].strip() == f"<{stop}>"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop.startswith("http://localhost:8000/en/notices/unsubscribe/")
    assert queries.owner_of(stop.split("/")[-2]) == user


def test_mail_about_a_notice_speaks_the_language_of_its_reader():
    notify(make_user(language="th"), KIND, make_city())

    send_all()

    assert mail.outbox[0].subject.startswith("แพลตฟอร์มเมืองแห่งการเรียนรู้: ")
    assert "http://localhost:8000/notices/settings/" in mail.outbox[0].body


def test_title_of_a_record_with_two_lines_becomes_one_header():
    notify(make_user(language="en"), KIND, make_city(name_en="Sample\r\nBcc: everybody@example.org"))

    send_all()

    message = mail.outbox[0].message()
    assert (message["Bcc"], message["Subject"]) == (
        None,
        "Learning City Platform: Sample Bcc: everybody@example.org asks",
    )


def test_notice_is_settled_once_it_was_mailed():
    notice = notify(make_user(), KIND, make_city())

    send_all()

    notice.refresh_from_db()
    assert notice.settled_at == Letter.objects.get().settled_at is not None


def test_right_that_was_lost_between_notice_and_mail_keeps_the_mail_back(may_not):
    user = make_user()
    notify(user, KIND, make_city())
    may_not.add(user.pk)

    send_all()

    assert mail.outbox == []
    assert (states(), Notice.objects.get().settled_at is not None) == (["dropped"], True)


def test_right_that_was_lost_between_two_tries_keeps_the_mail_back(may_not, monkeypatch):
    user = make_user()
    notify(user, KIND, make_city())
    with monkeypatch.context() as patched:
        patched.setattr(letters.EmailMultiAlternatives, "send", refuse)
        with pytest.raises(NotSent):
            send_all()
    may_not.add(user.pk)

    send_all()

    assert mail.outbox == []
    assert list(Letter.objects.values_list("state", "tries")) == [("dropped", 2)]


def test_letter_that_failed_after_another_worker_sent_it_is_not_sent_again(monkeypatch):
    user = make_user()
    notify(user, KIND, make_city())
    send_all()
    letter = Letter.objects.get()

    assert letters.note_failure(letter.pk, smtplib.SMTPServerDisconnected()) is True
    send_letter(letter.pk)

    assert (len(mail.outbox), states()) == (1, ["sent"])


@pytest.mark.parametrize("happening", ["read", "unsubscribed", "closed", "gone"])
def test_mail_is_dropped_when_nothing_is_left_to_say(happening):
    user, city = make_user(), make_city()
    notice = notify(user, KIND, city)
    match happening:
        case "read":
            read_notice(notice, by=user)
        case "unsubscribed":
            choose(user, "none", by=user)
        case "closed":
            type(user).objects.update(is_active=False)
        case "gone":
            city.delete()

    send_all()

    assert (mail.outbox, states()) == ([], ["dropped"])


def test_mail_goes_to_the_address_at_the_time_of_sending():
    user = make_user()
    notify(user, KIND, make_city())
    type(user).objects.update(email="newest@example.org")

    send_all()

    assert [message.to for message in mail.outbox] == [["newest@example.org"]]


def test_title_that_cannot_be_made_is_tried_again(monkeypatch, may_not):
    notify(make_user(), KIND, make_city())
    monkeypatch.setattr(queries, "line", lambda notice: 1 / 0)

    with pytest.raises(NotSent) as failure:
        send_all()

    assert isinstance(failure.value.__cause__, ZeroDivisionError)
    assert list(Letter.objects.values_list("state", "tries")) == [("queued", 1)]


# --- The daily mail ---------------------------------------------------------------------------------------------------


def test_daily_mail_holds_all_that_waits_and_may_be_seen(may_not):
    user, other = make_preference(user=make_user(language="en")).user, make_preference().user
    for name in ("First", "Second"):
        notify(user, KIND, make_city(name_en=name))
    notify(other, KIND, make_city())
    may_not.add(other.pk)

    write_daily_mail(TOMORROW)
    send_all()

    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([user.email], "Learning City Platform: 2 notices")
    ]
    assert [line for line in mail.outbox[0].body.splitlines() if "asks" in line] == ["First asks", "Second asks"]
    assert "You are told by mail once a day." in mail.outbox[0].body
    assert Notice.objects.filter(settled_at__isnull=True).count() == 0


def test_daily_mail_of_one_notice_names_it():
    notify(make_preference(user=make_user(language="en")).user, KIND, make_city(name_en="First"))

    write_daily_mail(TOMORROW)
    send_all()

    assert [message.subject for message in mail.outbox] == ["Learning City Platform: First asks"]


def test_daily_mail_written_twice_is_one_mail():
    notify(make_preference().user, KIND, make_city())

    write_daily_mail(TOMORROW)
    write_daily_mail(TOMORROW)
    send_all()
    write_daily_mail(TOMORROW)
    send_all()

    assert len(mail.outbox) == 1


def test_daily_mail_is_not_written_where_nothing_waits():
    make_notice(recipient=make_preference().user)
    read_notice(make_notice(settled_at=None), by=Notice.objects.latest("pk").recipient)

    write_daily_mail(TOMORROW)

    assert Letter.objects.count() == 0


def test_daily_mail_is_not_longer_than_anybody_reads():
    reader = make_preference(user=make_user(language="en")).user
    province = make_province()
    for _ in range(52):
        city = make_city(province=province)
        make_notice(recipient=reader, record=f"cities.City:{city.pk}", settled_at=None)

    write_daily_mail(TOMORROW)
    send_all()

    body = mail.outbox[0].body
    assert (mail.outbox[0].subject, body.count(" asks")) == ("Learning City Platform: 52 notices", 50)
    assert "2 more stand on the site." in body.splitlines()
