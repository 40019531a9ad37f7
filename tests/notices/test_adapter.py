import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction

from learningcity.config import settings as site
from learningcity.notices.models import Letter
from learningcity.notices.tasks import send_letter
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _backend_of_the_site(settings):
    settings.EMAIL_BACKEND = site.EMAIL_BACKEND


def test_mail_of_django_becomes_a_letter_and_is_sent_by_the_worker():
    sent = send_mail("Subject", "Text", None, ["reader@example.org"])

    letter = Letter.objects.get()
    before = list(mail.outbox)
    send_letter(letter.pk)
    assert (sent, letter.to, letter.subject, letter.headers, before) == (1, "reader@example.org", "Subject", {}, [])
    assert [(message.to, message.body) for message in mail.outbox] == [(["reader@example.org"], "Text")]


def test_mail_to_several_becomes_a_letter_for_each():
    EmailMessage("Subject", "Text", to=["A <a@example.org>", "b@example.org"], bcc=["c@example.org"]).send()

    assert set(Letter.objects.values_list("to", flat=True)) == {"a@example.org", "b@example.org", "c@example.org"}


def test_mail_keeps_markup_sender_and_headers():
    message = EmailMultiAlternatives(
        "Subject",
        "Text",
        from_email="office@example.org",
        to=["reader@example.org"],
        reply_to=["desk@example.org"],
        headers={"X-Sample": "1"},
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    message.send()

    letter = Letter.objects.get()
    send_letter(letter.pk)
    headers = {"X-Sample": "1", "Reply-To": "desk@example.org", "From": "office@example.org"}
    assert (letter.html, letter.headers) == ("<p>Text</p>", headers)
    sent = mail.outbox[0].message()
    assert {name: sent[name] for name in headers} == headers
    assert sent.is_multipart()


def test_mail_with_a_file_is_refused():
    message = EmailMessage("Subject", "Text", to=["reader@example.org"], attachments=[("a.txt", "a", "text/plain")])

    with pytest.raises(ValueError, match="carries no files"):
        message.send()


def test_mail_with_a_subject_of_two_lines_is_refused():
    with pytest.raises(BadHeaderError):
        send_mail("Subject\nBcc: everybody@example.org", "Text", None, ["reader@example.org"])

    assert Letter.objects.count() == 0


def test_mail_of_a_transaction_that_is_rolled_back_is_never_sent():
    with transaction.atomic():
        send_mail("Subject", "Text", None, ["reader@example.org"])
        transaction.set_rollback(True)

    assert Letter.objects.count() == 0


def test_link_for_a_new_password_goes_through_the_outbox_and_is_wiped(client):
    user = make_user(email="officer@example.org")

    client.post("/account/password/reset/", {"email": user.email})

    letter = Letter.objects.get()
    send_letter(letter.pk)
    assert (letter.owner, "/account/password/reset/key/" in letter.text) == (user, True)
    assert "/account/password/reset/key/" in mail.outbox[0].body
    assert list(Letter.objects.values_list("state", "text")) == [("sent", "")]
