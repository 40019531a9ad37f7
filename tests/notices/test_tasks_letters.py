import smtplib
import threading
from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from procrastinate.jobs import Job

from learningcity.notices.actions import post
from learningcity.notices.models import Letter
from learningcity.notices.tasks import NotSent, letters, send_letter
from tests.factories.notices import make_letter

pytestmark = pytest.mark.django_db


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def mail_server(monkeypatch):
    """A mail server that answers with what is put into this list, one after the other, and then takes mail."""
    answers = []

    def send(message, fail_silently=False):
        if answers:
            raise answers.pop(0)
        mail.outbox.append(message)
        return 1

    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", send)
    return answers


def test_letter_is_sent_once_and_forgets_what_it_said():
    letter = post("reader@example.org", "Subject", "The way in", headers={"Reply-To": "office@example.org"})

    send_letter(letter.pk)
    send_letter(letter.pk)

    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["reader@example.org"], "Subject", "The way in")
    ]
    assert mail.outbox[0].message()["Reply-To"] == "office@example.org"
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.subject, letter.text, letter.headers) == ("sent", 1, "", "", {})
    assert letter.settled_at is not None


def test_letter_keeps_its_text_with_markup():
    letter = post("reader@example.org", "Subject", "Text", html="<p>Text</p>")

    send_letter(letter.pk)

    assert [tuple(part) for part in mail.outbox[0].alternatives] == [("<p>Text</p>", "text/html")]


def test_letter_asks_machines_not_to_answer_and_has_one_name_for_all_tries():
    letter = make_letter()

    names = {letters.message_id(letter), letters.message_id(Letter.objects.get())}
    send_letter(letter.pk)

    message = mail.outbox[0].message()
    assert names == {message["Message-ID"]}
    assert message["Auto-Submitted"] == "auto-generated"


def test_thai_subject_is_encoded_in_one_header():
    letter = post("reader@example.org", "ข้อเสนอของเมืองขอนแก่น " * 6 + "\nBcc: everybody@example.org", "Text")

    send_letter(letter.pk)

    message = mail.outbox[0].message()
    head = message.as_bytes().partition(b"\n\n")[0]
    assert str(make_header(decode_header(message["Subject"]))).startswith("ข้อเสนอของเมืองขอนแก่น ข้อเสนอ")
    assert (message["Bcc"], head.isascii(), b"\nBcc:" in head) == (None, True, False)


def test_letter_that_was_deleted_meanwhile_is_no_problem():
    send_letter(4_711)

    assert mail.outbox == []


def test_letter_is_tried_again_and_then_sent(mail_server):
    letter = make_letter()
    mail_server += [ConnectionRefusedError("reader@example.org"), smtplib.SMTPServerDisconnected()]

    for _ in range(2):
        with pytest.raises(NotSent):
            send_letter(letter.pk)
    send_letter(letter.pk)

    assert len(mail.outbox) == 1
    assert list(Letter.objects.values_list("state", "tries")) == [("sent", 3)]


def test_failure_names_no_address(mail_server):
    letter = make_letter()
    mail_server.append(smtplib.SMTPRecipientsRefused({"reader@example.org": (450, b"reader@example.org is busy")}))

    with pytest.raises(NotSent) as failure:
        send_letter(letter.pk)

    assert str(failure.value) == f"letter {letter.pk}: SMTPRecipientsRefused"
    assert (failure.value.__cause__, failure.value.__suppress_context__) == (None, True)


def test_letter_is_given_up_after_the_last_try_and_forgets_what_it_said(mail_server, caplog):
    letter = make_letter()
    mail_server += [smtplib.SMTPServerDisconnected()] * 9

    for _ in letters.PAUSES:
        with pytest.raises(NotSent):
            send_letter(letter.pk)
    send_letter(letter.pk)

    assert list(Letter.objects.values_list("state", "tries", "text")) == [("failed", 6, "")]
    assert caplog.messages == [f"Letter {letter.pk} is given up after 6 tries: SMTPServerDisconnected."]


@pytest.mark.parametrize(("code", "state"), [(550, "failed"), (450, "queued")])
def test_letter_to_an_address_that_does_not_exist_is_given_up_at_once(mail_server, code, state):
    letter = make_letter()
    mail_server.append(smtplib.SMTPRecipientsRefused({"reader@example.org": (code, b"No")}))

    if state == "queued":
        with pytest.raises(NotSent):
            send_letter(letter.pk)
    else:
        send_letter(letter.pk)

    assert states() == [state]


def test_pauses_grow_and_end():
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=send_letter.name)
    now = timezone.now()

    decisions = [
        send_letter.retry_strategy.get_retry_decision(exception=NotSent(), job=job.evolve(attempts=attempts))
        for attempts in range(6)
    ]

    minutes = [round((decision.retry_at - now).total_seconds() / 60) for decision in decisions[:-1]]
    assert (minutes, decisions[-1]) == ([1, 5, 25, 125, 625], None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_letter_once(monkeypatch):
    letter = make_letter()
    both, sent = threading.Barrier(2), []
    first_may_go = threading.Event()

    def send(message, fail_silently=False):
        sent.append(message.to)
        # Long enough for the second worker to stand before the lock.
        first_may_go.wait(0.5)

    def work():
        both.wait()
        send_letter(letter.pk)
        connection.close()

    monkeypatch.setattr(letters.EmailMultiAlternatives, "send", send)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sent == [["reader@example.org"]]
    assert states() == ["sent"]
