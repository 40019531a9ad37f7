"""Rights end while work is under way: what was begun with them does not go on without them."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from learningcity.accounts.actions import erase_account
from learningcity.audit.models import Entry
from learningcity.cities.models import Role
from learningcity.moderation.actions import approve, begin, publish_due, recall, save_draft, send_back, submit
from learningcity.moderation.models import Proposal
from learningcity.notices.models import Letter, Notice
from learningcity.notices.queries import visible
from learningcity.notices.tasks import send_letter
from tests.factories.cities import make_role
from tests.factories.moderation import make_officer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _mail_stays_here(settings):
    settings.LETTER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def waiting(note, officer, approver):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    return submit(draft, by=officer)


@pytest.fixture
def deputy(city, approver):
    """Somebody who acts for the approver until tomorrow."""
    today = timezone.localdate()
    holds = Role.objects.get(user=approver)
    return make_role(city=city, kind="approver", deputy_of=holds, starts_on=today - 9 * DAY, ends_on=today + DAY).user


def end_roles(person):
    today = timezone.localdate()
    Role.objects.filter(user=person).update(starts_on=today - 30 * DAY, ends_on=today - DAY)


def due(proposal):
    """Let the time come for which something was approved."""
    Proposal.objects.filter(pk=proposal.pk).update(publish_at=timezone.now())
    return publish_due()


def tomorrow():
    return timezone.now() + DAY


@pytest.mark.parametrize("happening", ["role", "account", "erased"])
def test_what_was_approved_for_later_waits_again_when_the_approver_may_not_any_more(waiting, note, approver, happening):
    other = make_officer(note.city, kind="approver")
    approve(waiting, tomorrow(), by=approver)
    Notice.objects.all().delete()
    if happening == "role":
        end_roles(approver)
    elif happening == "account":
        approver.is_active = False
        approver.save()
    else:
        erase_account(approver, by=approver)

    assert due(waiting) == 0

    waiting.refresh_from_db()
    note.refresh_from_db()
    assert (waiting.state, waiting.decided_by, waiting.decided_at, note.text_en) == ("submitted", None, None, "Signed")
    assert list(Notice.objects.values_list("kind", "recipient")) == [("moderation.submitted", other.pk)]
    steps = Entry.objects.filter(action="move").order_by("-pk").values_list("before", "after", "actor")
    assert steps[0] == ("scheduled", "submitted", None)
    approve(waiting, by=other)
    note.refresh_from_db()
    assert note.text_en == "Signed at last"


def test_what_was_approved_for_later_goes_out_though_the_author_left(waiting, officer, approver):
    approve(waiting, tomorrow(), by=approver)
    end_roles(officer)

    assert due(waiting) == 1


def test_deputy_approves_while_they_stand_in_and_not_a_day_longer(waiting, deputy):
    assert deputy.has_perm("moderation.approve", waiting)
    end_roles(deputy)

    for decide in (approve, lambda proposal, by: send_back(proposal, "No.", by=by)):
        with pytest.raises(PermissionDenied):
            decide(waiting, by=deputy)


def test_what_a_deputy_approved_for_a_day_after_their_time_waits_for_somebody_else(waiting, deputy, approver):
    approve(waiting, tomorrow(), by=deputy)
    end_roles(deputy)

    assert due(waiting) == 0
    assert approve(waiting, by=approver).state == "published"


def test_draft_of_a_deputy_whose_time_is_over_cannot_be_written_on_or_handed_in(note, deputy):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=deputy)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=deputy)
    end_roles(deputy)

    with pytest.raises(PermissionDenied):
        save_draft(draft, {"text_en": "Signed by all"}, 1, by=deputy)
    with pytest.raises(PermissionDenied):
        submit(draft, by=deputy)


def test_mail_is_kept_back_from_a_deputy_whose_time_is_over(deputy, waiting):
    end_roles(deputy)

    for letter in Letter.objects.order_by("pk"):
        send_letter(letter.pk)

    assert deputy.email not in [address for message in mail.outbox for address in message.to]
    assert Letter.objects.get(owner=deputy).state == "dropped"


@pytest.mark.parametrize("decide", ["approve", "send_back", "recall"])
def test_nobody_is_asked_by_mail_or_on_the_site_for_what_is_decided(waiting, officer, approver, city, decide):
    asked = Notice.objects.get(kind="moderation.submitted", recipient=approver)
    other = make_officer(city, kind="approver")
    {
        "approve": lambda: approve(waiting, by=other),
        "send_back": lambda: send_back(waiting, "The day is missing.", by=other),
        "recall": lambda: recall(waiting, by=officer),
    }[decide]()

    send_letter(asked.letter_id)

    assert mail.outbox == []
    assert visible([Notice.objects.get(pk=asked.pk)], approver) == []
