import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learningcity.partners.models import AgreementFile, Clerk, Contact, Invitation, MentorPair, StudyVisit
from tests.factories.cities import make_city, make_role
from tests.factories.partners import (
    PDF,
    make_agreement,
    make_clerk,
    make_commitment,
    make_file,
    make_mentor_pair,
    make_organization,
    make_visit,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=30)


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def editor(client, city):
    user = make_role(kind="editor", city=city).user
    client.force_login(user)
    return user


@pytest.fixture
def approver(client, city):
    user = make_role(kind="approver", city=city).user
    client.force_login(user)
    return user


@pytest.fixture
def stranger(client):
    user = make_role(kind="approver").user
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 3])
def test_city_partners_takes_the_same_queries_however_many_there_are(
    client, city, editor, count, django_assert_num_queries
):
    for _ in range(count):
        make_commitment(city=city, organization=make_organization(home=city))
        make_agreement(city=city)

    # The session and its owner, the city, whether they act for it, how many organizations, they, agreements, promises.
    with django_assert_num_queries(10):
        client.get(f"/workspace/{city.slug}/partners/")


def test_pages_of_partners_are_closed_to_the_officer_of_another_city(client, city, stranger):
    organization = make_organization(home=city)
    visit = make_visit(host=city)
    pages = [
        f"/workspace/{city.slug}/partners/",
        f"/workspace/{city.slug}/exchanges/",
        f"/workspace/organizations/{organization.pk}/",
        f"/workspace/agreements/{make_agreement(city=city).pk}/",
        f"/workspace/visits/{visit.pk}/",
    ]

    assert [client.get(page).status_code for page in pages] == [403, 403, 403, 403, 404]


def test_organization_clerks_invites_and_shows_who_acts(client, city, editor):
    organization = make_organization(home=city)
    make_clerk(organization=organization)
    address = f"/workspace/organizations/{organization.pk}/"

    client.post(address, {"what": "invite", "email": "new@example.org"})
    page = client.get(address).content.decode()

    assert Invitation.objects.get().email == "new@example.org"
    assert "new@example.org" in page


def test_organization_clerks_says_why_an_invitation_is_refused(client, city, editor):
    clerk = make_clerk(organization=make_organization(home=city))

    answer = client.post(
        f"/en/workspace/organizations/{clerk.organization_id}/", {"what": "invite", "email": clerk.user.email}
    )

    assert answer.status_code == 400
    assert "already acts for this organization" in answer.content.decode()


def test_organization_clerks_keeps_the_contact(client, city, editor):
    organization = make_organization(home=city)

    client.post(
        f"/workspace/organizations/{organization.pk}/",
        {"what": "contact", "person": "Sample Contact", "email": "", "phone": ""},
    )

    assert Contact.objects.get().person == "Sample Contact"


def test_clerk_end_ends_it(client, city, editor):
    clerk = make_clerk(organization=make_organization(home=city))

    client.post(f"/workspace/clerks/{clerk.pk}/end/")

    assert Clerk.objects.get().ends_on == TODAY


def test_agreement_papers_takes_a_document_and_publishes_it(client, city, approver):
    agreement = make_agreement(city=city)
    address = f"/workspace/agreements/{agreement.pk}/"

    client.post(address, {"what": "file", "file": SimpleUploadedFile("mou.pdf", PDF)})
    file = AgreementFile.objects.get()
    hidden = client.get(f"/agreements/{agreement.slug}/files/{file.sha256}.pdf").status_code
    client.post(f"/workspace/papers/{file.pk}/publish/")
    shown = client.get(f"/agreements/{agreement.slug}/files/{file.sha256}.pdf")

    assert (hidden, shown.status_code, b"".join(shown.streaming_content)) == (404, 200, PDF)


def test_agreement_papers_refuses_a_picture_that_is_called_pdf(client, city, editor):
    agreement = make_agreement(city=city)
    picture = SimpleUploadedFile("mou.pdf", b"\x89PNG\r\n\x1a\n", content_type="application/pdf")

    answer = client.post(f"/en/workspace/agreements/{agreement.pk}/", {"what": "file", "file": picture})

    assert (answer.status_code, AgreementFile.objects.count()) == (400, 0)
    assert "This is no PDF document." in answer.content.decode()


def test_agreement_papers_notes_that_it_was_called_off(client, city, approver):
    agreement = make_agreement(city=city)

    client.post(f"/workspace/agreements/{agreement.pk}/", {"what": "end", "on": TODAY.isoformat()})

    agreement.refresh_from_db()
    assert agreement.called_off_on == TODAY


def test_paper_show_by_an_editor_is_refused(client, city, editor):
    file = make_file(agreement=make_agreement(city=city))

    assert client.post(f"/workspace/papers/{file.pk}/publish/").status_code == 403
    assert client.post(f"/workspace/papers/{file.pk}/burn/").status_code == 404


def test_exchanges_ask_for_a_visit_that_the_host_answers(client, city, editor):
    host = make_city()
    typed = {"what": "visit", "host": host.pk, "topic_th": "ครู หมอ พ่อแม่", "topic_en": "", "request": "ขอมาดู"}

    client.post(f"/workspace/{city.slug}/exchanges/", typed | {"visits_on": SOON.isoformat(), "participants": 12})
    visit = StudyVisit.objects.get()
    client.force_login(make_role(kind="approver", city=host).user)
    client.post(f"/workspace/visits/{visit.pk}/accepted/", {"words": "ยินดี"})

    visit.refresh_from_db()
    assert (visit.guest, visit.state, visit.answer) == (city, "accepted", "ยินดี")


def test_exchanges_refuse_a_visit_to_oneself_and_one_yesterday(client, city, editor):
    typed = {"what": "visit", "topic_th": "หัวข้อ", "topic_en": "", "request": "", "participants": 12}
    visits = [
        typed | {"host": city.pk, "visits_on": SOON.isoformat()},
        typed | {"host": make_city().pk, "visits_on": (TODAY - dt.timedelta(days=1)).isoformat()},
    ]

    answers = [client.post(f"/workspace/{city.slug}/exchanges/", visit).status_code for visit in visits]

    assert (answers, StudyVisit.objects.count()) == ([400, 400], 0)


def test_visit_tells_what_was_learned_and_what_came_of_it(client, city, editor):
    visit = make_visit(guest=city, state="accepted")
    pages = [client.get(f"/workspace/visits/{visit.pk}/").status_code]

    client.post(f"/workspace/visits/{visit.pk}/report/", {"participants": 9, "th": "ได้เรียนรู้", "en": ""})
    client.post(f"/workspace/visits/{visit.pk}/follow-up/", {"th": "นำไปใช้", "en": ""})
    pages.append(client.get(f"/workspace/visits/{visit.pk}/").status_code)

    visit.refresh_from_db()
    assert (pages, visit.state, visit.learned_th, visit.follow_up_th) == (
        [200, 200],
        "followed_up",
        "ได้เรียนรู้",
        "นำไปใช้",
    )


def test_visit_without_a_word_is_refused_and_says_so(client, city, editor):
    visit = make_visit(guest=city, state="accepted")

    answer = client.post(f"/workspace/visits/{visit.pk}/report/", {"participants": 9, "th": "", "en": ""})

    visit.refresh_from_db()
    assert (answer.status_code, visit.state) == (400, "accepted")


def test_exchanges_begin_and_end_a_pair(client, city, approver):
    learner = make_city()
    typed = {"what": "pair", "learner": learner.pk, "topic_th": "หัวข้อ", "topic_en": "", "starts_on": TODAY.isoformat()}

    client.post(f"/workspace/{city.slug}/exchanges/", typed)
    pair = MentorPair.objects.get()
    client.post(f"/workspace/pairs/{pair.pk}/end/")

    pair.refresh_from_db()
    assert (pair.mentor, pair.learner, pair.ends_on) == (city, learner, TODAY)


@pytest.mark.parametrize("count", [1, 3])
def test_exchanges_take_the_same_queries_however_many_there_are(client, city, editor, count, django_assert_num_queries):
    for _ in range(count):
        make_visit(guest=city)
        make_mentor_pair(mentor=city)

    # The session and its owner, the city, whether they act for it and may pair, the other cities twice, visits, pairs.
    with django_assert_num_queries(10):
        client.get(f"/workspace/{city.slug}/exchanges/")


def test_letters_to_strangers_are_not_sent_without_end(client, city, editor):
    address = f"/workspace/organizations/{make_organization(home=city).pk}/"

    answers = [
        client.post(address, {"what": "invite", "email": f"{number}@example.org"}).status_code for number in range(61)
    ]

    assert answers == [302] * 60 + [429]
    assert Invitation.objects.count() == 60
