import datetime as dt
import hashlib
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.notices.models import Letter
from learningcity.partners.actions import invite_clerk
from learningcity.partners.models import Clerk, Evidence, Invitation
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.partners import (
    PDF,
    make_agreement,
    make_clerk,
    make_commitment,
    make_evidence,
    make_file,
    make_organization,
    make_party,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ADDRESS = "new.clerk@example.org"
LINK = re.compile(r"https?://[^/]+(/\S*partner/invitations/[\w-]+/)")
WORDS = {"text_th": "ทำแล้ว", "text_en": "It is done.", "url": ""}


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def organization(city):
    return make_organization(home=city, name_th="หน่วยงานของเรา", name_en="Our organization")


@pytest.fixture
def clerk(organization):
    return make_clerk(organization=organization).user


@pytest.fixture
def approver(city):
    return make_role(kind="approver", city=city).user


@pytest.fixture
def promise(city, organization):
    return make_commitment(city=city, organization=organization, text_en="Our promise.")


@pytest.fixture
def link(organization, approver):
    invite_clerk(organization, ADDRESS, by=approver)
    return link_in_mail()


def link_in_mail():
    return LINK.search(Letter.objects.latest("pk").text).group(1)


def as_user(client, user):
    client.force_login(user)
    return client


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- The invitation -----------------------------------------------------------------------------------------------------


def test_invitation_is_shown_without_being_used_up(client, link):
    pages = [client.get(link) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert 'name="robots" content="noindex"' in pages[0].content.decode()
    assert "no-store" in pages[0].headers["Cache-Control"]
    assert Invitation.objects.get().used_at is None


def test_invitation_opens_an_account_and_leads_to_where_a_password_is_chosen(client, link, organization):
    answer = client.post(link, {"name": "Sample Clerk"})

    clerk = Clerk.objects.get()
    assert (clerk.user.email, clerk.user.name, clerk.organization) == (ADDRESS, "Sample Clerk", organization)
    assert "/account/password/reset/key/" in answer.headers["Location"]


def test_invitation_without_a_name_opens_nothing(client, link):
    answer = client.post(link, {"name": ""})

    assert (answer.status_code, Clerk.objects.count()) == (400, 0)


def test_invitation_is_accepted_by_the_account_of_its_address(client, organization, approver):
    known = make_user(email=ADDRESS)
    invite_clerk(organization, ADDRESS, by=approver)
    client.force_login(known)

    answer = client.post(link_in_mail())

    assert (answer.status_code, Clerk.objects.get().user) == (302, known)


def test_invitation_of_an_account_asks_a_stranger_to_sign_in(client, organization, approver):
    make_user(email=ADDRESS)
    invite_clerk(organization, ADDRESS, by=approver)

    answer = client.post(link_in_mail(), {"name": "Somebody"})

    assert (answer.status_code, Clerk.objects.count(), User.objects.filter(email=ADDRESS).count()) == (200, 0, 1)
    assert "/account/login/?next=" in answer.content.decode()


def test_invitation_to_another_address_is_not_for_whoever_is_signed_in(client, link):
    client.force_login(make_user())

    answer = client.post(f"/en{link}" if not link.startswith("/en") else link, {"name": "Somebody"})

    assert "sent to another address" in words_of(answer)
    assert Clerk.objects.count() == 0


def test_invitation_that_was_used_says_so(client, link):
    client.post(link, {"name": "Sample Clerk"})
    client.logout()

    answer = client.get(link)

    assert answer.status_code == 410
    assert Clerk.objects.count() == 1


def test_invitation_that_is_too_old_or_forged_says_so(client, link):
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    assert client.get(link).status_code == 410
    assert client.get("/en/partner/invitations/forged/").status_code == 404
    assert "We know no such invitation" in words_of(client.get("/en/partner/invitations/forged/"))


def test_invitation_of_an_ended_clerk_does_not_let_them_in_again(client, link):
    client.post(link, {"name": "Sample Clerk"})
    clerk = Clerk.objects.get()
    clerk.ends_on = clerk.starts_on
    clerk.save()
    client.force_login(clerk.user)

    assert client.post(link).status_code == 410
    assert client.get("/partner/").status_code == 404


# --- The clerk's own pages ------------------------------------------------------------------------------------------------


def test_partner_sees_only_its_own(client, clerk, city, organization, promise):
    ours = make_agreement(city=city, title_en="Our agreement")
    make_party(agreement=ours, organization=organization)
    make_file(agreement=ours, name="ours.pdf")
    make_party(agreement=make_agreement(city=city, title_en="Their agreement"))
    make_commitment(city=city, text_en="Their promise.")
    client.force_login(clerk)

    html = client.get("/en/partner/").content.decode()

    assert [words in html for words in ("Our agreement", "Our promise.", "ours.pdf", "Our organization")] == [True] * 4
    assert [words in html for words in ("Their agreement", "Their promise.")] == [False] * 2


def test_partner_is_not_there_for_others(client, approver):
    client.force_login(approver)

    assert client.get("/partner/").status_code == 404


def test_partner_is_not_there_for_a_clerk_who_ended_yesterday(client, organization):
    former = make_clerk(organization=organization, ends_on=TODAY - dt.timedelta(days=1)).user
    client.force_login(former)

    assert client.get("/partner/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_partner_takes_the_same_queries_however_much_there_is(
    client, clerk, organization, count, django_assert_num_queries
):
    for _ in range(count):
        make_commitment(organization=organization, state="confirmed")
        agreement = make_agreement()
        make_party(agreement=agreement, organization=organization)
        make_file(agreement=agreement)
    client.force_login(clerk)

    # The session and its owner, whether they act for anybody, organizations, promises, agreements, files.
    with django_assert_num_queries(9):
        client.get("/partner/")


def test_partner_commitment_is_confirmed_by_both_sides(client, clerk, approver, promise):
    for user in (clerk, approver):
        client.force_login(user)
        assert "Yes, this is promised" in client.get(f"/en/partner/commitments/{promise.pk}/").content.decode()
        client.post(f"/partner/commitments/{promise.pk}/confirm/")

    promise.refresh_from_db()
    assert promise.state == "confirmed"


def test_partner_commitment_is_nothing_to_strangers(client, city, promise):
    for stranger in (make_user(), make_clerk().user, make_role(kind="approver").user):
        client.force_login(stranger)
        for way in ("", "confirm/", "kept/"):
            assert client.post(f"/partner/commitments/{promise.pk}/{way}").status_code in (404, 405)


def test_partner_settle_reports_with_evidence_and_the_city_checks_it(client, clerk, approver, city, organization):
    promise = make_commitment(city=city, organization=organization, state="confirmed")
    client.force_login(clerk)
    client.post(f"/partner/commitments/{promise.pk}/kept/", WORDS | {"on": TODAY.isoformat()})
    before = client.get("/en/promises/").content.decode()

    client.force_login(approver)
    client.post(f"/partner/evidence/{Evidence.objects.get().pk}/check/")
    after = client.get("/en/promises/").content.decode()

    promise.refresh_from_db()
    assert promise.state == "kept"
    assert ["It is done." in page for page in (before, after)] == [False, True]
    assert "One side says so; the other has not checked it yet." in before


@pytest.mark.parametrize(
    ("verb", "changes"),
    [
        ("kept", {"on": "2999-01-01"}),
        ("kept", {"on": "31/2/2567"}),
        ("kept", {"on": "2567"}),
        ("broken", {"text_th": "", "text_en": ""}),
    ],
)
def test_partner_settle_that_is_refused_keeps_what_was_typed(client, approver, city, verb, changes):
    promise = make_commitment(city=city, state="confirmed", due_on=dt.date(2024, 1, 1))
    client.force_login(approver)

    typed = WORDS | {"on": TODAY.isoformat(), "url": "https://example.org/typed"} | changes
    answer = client.post(f"/partner/commitments/{promise.pk}/{verb}/", typed)

    assert (answer.status_code, Evidence.objects.count()) == (400, 0)
    assert "https://example.org/typed" in answer.content.decode()


def test_partner_settle_takes_a_document_that_only_the_two_sides_can_read(client, clerk, approver, city, organization):
    promise = make_commitment(city=city, organization=organization, state="confirmed")
    client.force_login(clerk)
    proof = SimpleUploadedFile("หลักฐาน.pdf", PDF)
    client.post(f"/partner/commitments/{promise.pk}/kept/", WORDS | {"on": TODAY.isoformat(), "file": proof})
    address = f"/partner/evidence/{Evidence.objects.get().pk}/file/"

    read = [b"".join(as_user(client, user).get(address).streaming_content) for user in (clerk, approver)]
    strangers = [as_user(client, user).get(address).status_code for user in (make_user(), make_clerk().user)]

    assert (read, strangers) == ([PDF, PDF], [404, 404])
    assert promise.evidence.get().sha256 == hashlib.sha256(PDF).hexdigest()


def test_partner_settle_with_a_picture_that_is_called_pdf_is_refused(client, clerk, city, organization):
    promise = make_commitment(city=city, organization=organization, state="confirmed")
    client.force_login(clerk)
    picture = SimpleUploadedFile("proof.pdf", b"\xff\xd8\xff\xe0 JFIF", content_type="application/pdf")

    typed = WORDS | {"on": TODAY.isoformat(), "file": picture}
    answer = client.post(f"/en/partner/commitments/{promise.pk}/kept/", typed)

    assert (answer.status_code, Evidence.objects.count()) == (400, 0)
    assert "This is no PDF document." in answer.content.decode()


def test_partner_settle_by_a_clerk_who_would_mark_it_broken_is_refused(client, clerk, city, organization):
    promise = make_commitment(city=city, organization=organization, state="confirmed", due_on=dt.date(2024, 1, 1))
    client.force_login(clerk)

    assert client.post(f"/partner/commitments/{promise.pk}/broken/", WORDS).status_code == 403


def test_evidence_is_not_checked_by_the_side_that_showed_it(client, clerk, city, organization):
    promise = make_commitment(city=city, organization=organization, state="kept")
    shown = make_evidence(commitment=promise, side="partner", by=clerk)
    client.force_login(clerk)

    assert client.post(f"/partner/evidence/{shown.pk}/check/").status_code == 403


def test_partner_file_is_for_those_who_take_part(client, clerk, city, organization):
    file = make_file(agreement=make_agreement(city=city))
    client.force_login(clerk)
    before = client.get(f"/partner/files/{file.pk}/").status_code

    make_party(agreement=file.agreement, organization=organization)
    answer = client.get(f"/partner/files/{file.pk}/")

    assert (before, answer.status_code, b"".join(answer.streaming_content)) == (404, 200, PDF)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_partner_corrects_its_entry_in_the_workspace(client, clerk, organization):
    client.force_login(clerk)

    assert client.get(f"/workspace/edit/organization/{organization.pk}/").status_code == 200
    assert client.get(f"/workspace/edit/organization/{make_organization().pk}/").status_code == 403


def test_nothing_is_mailed_past_the_outbox(link):
    assert mail.outbox == []
