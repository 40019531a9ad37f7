import datetime as dt
import re
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from learningcity.accounts.actions import erase_account
from learningcity.accounts.exports import KEPT_BACK, data_about
from learningcity.accounts.models import User
from learningcity.audit.models import Entry
from learningcity.notices.models import Letter
from learningcity.partners.actions import (
    accept_invitation,
    change_contact,
    end_clerk,
    forget_invitations,
    invite_clerk,
)
from learningcity.partners.models import Clerk, Contact, Invitation
from learningcity.partners.queries import InvitationRefused, holdings_of, is_clerk_of
from tests.factories.accounts import make_user
from tests.factories.partners import make_clerk, make_contact, make_invitation, make_organization

pytestmark = pytest.mark.django_db

ADDRESS = "new.clerk@example.org"
LINK = re.compile(r"/partner/invitations/([\w-]+)/")


@pytest.fixture
def token(cast):
    invite_clerk(cast.organization, ADDRESS, by=cast.editor)
    return token_in_mail()


def token_in_mail():
    return LINK.search(Letter.objects.latest("pk").text).group(1)


def test_invite_clerk_sends_a_link_and_keeps_only_its_fingerprint(cast, token):
    invitation = Invitation.objects.get()

    assert (invitation.email, invitation.used_at, len(invitation.token_hash)) == (ADDRESS, None, 64)
    assert token not in invitation.token_hash
    assert Letter.objects.latest("pk").to == ADDRESS
    assert [ADDRESS in str(entry.detail) for entry in Entry.objects.all()] == [False]


def test_invite_clerk_again_sends_a_new_link_and_the_old_one_is_dead(cast, token):
    invite_clerk(cast.organization, ADDRESS.upper(), by=cast.editor)

    assert Invitation.objects.count() == 1
    with pytest.raises(InvitationRefused, match="unknown"):
        accept_invitation(token, "", "th", by=None)
    assert accept_invitation(token_in_mail(), "", "th", by=None).organization == cast.organization


def test_invite_clerk_who_acts_already_is_refused(cast):
    with pytest.raises(ValidationError):
        invite_clerk(cast.organization, cast.clerk.email, by=cast.editor)


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c"])
def test_invite_clerk_at_no_address_is_refused(cast, address):
    with pytest.raises(ValidationError):
        invite_clerk(cast.organization, address, by=cast.editor)


def test_invite_clerk_by_a_stranger_is_refused(cast):
    for stranger in [*cast.strangers, cast.clerk]:
        with pytest.raises(PermissionDenied):
            invite_clerk(cast.organization, ADDRESS, by=stranger)
    assert Letter.objects.count() == 0


def test_invite_clerk_of_an_organization_of_the_whole_country_is_for_the_secretariat(cast):
    national = make_organization(home=None)

    with pytest.raises(PermissionDenied):
        invite_clerk(national, ADDRESS, by=cast.approver)
    assert invite_clerk(national, ADDRESS, by=cast.secretary).organization == national


def test_accept_invitation_opens_an_account_and_forgets_the_address(cast, token):
    clerk = accept_invitation(token, "Sample Clerk", "en", by=None)

    invitation = Invitation.objects.get()
    assert (clerk.user.email, clerk.user.name, clerk.user.language) == (ADDRESS, "Sample Clerk", "en")
    assert (clerk.user.is_staff, clerk.user.has_usable_password()) == (False, False)
    assert (invitation.email, clerk.invitation, invitation.used_at is None) == ("", invitation, False)
    assert is_clerk_of(clerk.user, cast.organization)


def test_accept_invitation_by_the_account_of_the_address_opens_no_second_one(cast):
    known = make_user(email=ADDRESS)
    invite_clerk(cast.organization, ADDRESS, by=cast.editor)
    accounts = User.objects.count()

    clerk = accept_invitation(token_in_mail(), "", "th", by=known)

    assert (clerk.user, User.objects.count()) == (known, accounts)


def test_accept_invitation_twice_is_refused_and_nothing_is_made(cast, token):
    accept_invitation(token, "", "th", by=None)
    accounts, clerks = User.objects.count(), Clerk.objects.count()

    with pytest.raises(InvitationRefused, match="used"):
        accept_invitation(token, "", "th", by=None)

    assert (User.objects.count(), Clerk.objects.count()) == (accounts, clerks)


def test_accept_invitation_that_is_too_old_is_refused(token):
    Invitation.objects.update(expires_at=timezone.now())

    with pytest.raises(InvitationRefused, match="expired"):
        accept_invitation(token, "", "th", by=None)


def test_accept_invitation_that_nobody_sent_is_refused(token):
    with pytest.raises(InvitationRefused, match="unknown"):
        accept_invitation(token[:-1] + ("a" if token[-1] != "a" else "b"), "", "th", by=None)


def test_accept_invitation_by_a_stranger_with_another_address_is_refused(cast, token):
    for stranger in [*cast.strangers, cast.editor]:
        with pytest.raises(PermissionDenied):
            accept_invitation(token, "", "th", by=stranger)
    assert Invitation.objects.get().used_at is None


def test_accept_invitation_of_an_account_by_nobody_who_signed_in_is_refused(cast):
    make_user(email=ADDRESS)
    invite_clerk(cast.organization, ADDRESS, by=cast.editor)

    with pytest.raises(PermissionDenied):
        accept_invitation(token_in_mail(), "", "th", by=None)


@pytest.mark.parametrize("name", ["clerk", "editor", "secretary"])
def test_end_clerk_ends_it_from_today_on(cast, name):
    ended = end_clerk(Clerk.objects.get(user=cast.clerk), by=getattr(cast, name))

    assert ended.ends_on == timezone.localdate()
    assert not is_clerk_of(cast.clerk, cast.organization)


def test_end_clerk_who_ended_is_refused(cast):
    over = make_clerk(organization=cast.organization, ends_on=timezone.localdate())

    with pytest.raises(ValidationError):
        end_clerk(over, by=cast.editor)


def test_end_clerk_by_a_stranger_is_refused(cast):
    clerk = Clerk.objects.get(user=cast.clerk)

    for stranger in cast.strangers:
        with pytest.raises(PermissionDenied):
            end_clerk(clerk, by=stranger)


def test_erasing_an_account_ends_its_clerkships_and_forgets_its_invitations(cast):
    make_invitation(email=cast.clerk.email.upper())

    erase_account(cast.clerk, by=cast.clerk)

    assert Clerk.objects.get(user=cast.clerk).ends_on == timezone.localdate()
    assert Invitation.objects.count() == 0


def test_clerk_who_begins_tomorrow_is_none_today(cast):
    coming = make_clerk(organization=cast.organization, starts_on=timezone.localdate() + dt.timedelta(days=1))

    assert not is_clerk_of(coming.user, cast.organization)


def test_account_page_and_download_tell_what_is_held_of_a_clerk(cast, token):
    clerk = accept_invitation(token, "", "th", by=None)
    make_invitation(email=clerk.user.email.upper())

    held, stored = holdings_of(clerk.user), data_about(clerk.user)

    assert [(one.place, one.starts_on) for one in held] == [(str(cast.organization), clerk.starts_on)]
    assert [row["token_hash"] for row in stored["partners.Invitation"]] == [KEPT_BACK]
    assert len(stored["partners.Clerk"]) == 1


def test_change_contact_writes_it_down_and_tells_the_chain_nothing_of_it(cast):
    contact = Contact(organization=cast.organization, person="Sample Contact", phone="043-000000")

    change_contact(contact, by=cast.editor)

    assert Contact.objects.get().person == "Sample Contact"
    assert "Sample" not in str(Entry.objects.get().detail)


def test_change_contact_by_a_stranger_is_refused(cast):
    contact = make_contact(organization=cast.organization)

    for stranger in [*cast.strangers, cast.clerk]:
        with pytest.raises(PermissionDenied):
            change_contact(contact, by=stranger)


def test_change_contact_to_nothing_is_refused(cast):
    with pytest.raises(ValidationError):
        change_contact(Contact(organization=cast.organization), by=cast.editor)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_an_invitation_at_once_make_one_clerk(cast, token):
    both_are_there, said = threading.Barrier(2), []

    def work():
        both_are_there.wait(timeout=10)
        try:
            said.append(accept_invitation(token, "Sample Clerk", "th", by=None).user.email)
        except (InvitationRefused, PermissionDenied) as refusal:
            said.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["InvitationRefused", ADDRESS]
    assert Clerk.objects.filter(invitation__isnull=False).count() == 1


def test_forget_invitations_deletes_what_nobody_used_a_month_after_its_end():
    now = timezone.now()
    make_invitation(expires_at=now - dt.timedelta(days=31))
    young = make_invitation(expires_at=now - dt.timedelta(days=29))
    used = make_invitation(expires_at=now - dt.timedelta(days=400), used_at=now, email="")

    assert [forget_invitations(), forget_invitations()] == [1, 0]
    assert set(Invitation.objects.all()) == {young, used}
