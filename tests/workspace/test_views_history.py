import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from learningcity.audit.models import Entry
from learningcity.moderation.actions import approve, begin, propose_removal, save_draft, submit
from learningcity.moderation.models import Revision
from tests.factories.cities import make_office, make_person, make_role
from tests.factories.moderation import make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    user = make_role(kind="secretariat", city=None).user
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
    return user


@pytest.fixture
def changed(note, officer, approver):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last", "text_th": "ลงนามแล้ว"}, 0, by=officer)
    return approve(submit(draft, by=officer), by=approver)


@pytest.fixture
def office_gone(city, officer, approver):
    """The office of somebody who is named in it, taken off the site."""
    person = make_person(slug="sample-mayor", name_th="ตัวอย่าง นายก", name_en="Sample Mayor")
    office = make_office(city=city, person=person)
    key = str(office.pk)
    approve(submit(propose_removal(("office", key), by=officer), by=officer), by=approver)
    return key


def test_secretariat_erases_who_held_an_office_and_the_history_says_so(desk_of, secretary, office_gone):
    browser = desk_of(secretary)
    history, erase = (reverse(name, args=["office", office_gone]) for name in ("record-history", "record-erase"))
    before = browser.get(history).content.decode()

    answer = browser.post(erase, {"why": "asked"})

    after = browser.get(history).content.decode()
    assert (f'href="{erase}"' in before, "ตัวอย่าง นายก" in before) == (True, True)
    assert answer.headers["Location"] == history
    assert ("ตัวอย่าง นายก" in after, "[erased]" in after, "restore-" in after.split("</table>")[0]) == (
        False,
        True,
        False,
    )
    rows = str(list(Revision.objects.values_list("title", "values")))
    assert [name for name in ("ตัวอย่าง", "Sample Mayor", "sample-mayor") if name in rows] == []
    entry = Entry.objects.get(action="moderation.erase_names")
    assert (entry.actor, entry.detail["why"]) == (secretary, "asked")


def test_erasing_asks_why_and_says_when_nothing_is_left(desk_of, secretary, office_gone):
    browser = desk_of(secretary)
    address = reverse("record-erase", args=["office", office_gone])

    assert browser.get(address).status_code == 200
    assert list(browser.post(address).context["form"].errors) == ["why"]
    assert browser.post(address, {"why": "left"}).status_code == 302
    assert browser.post(address, {"why": "left"}).status_code == 400


@pytest.mark.parametrize(("kind", "key"), [("note", "999999"), ("dream", "1"), ("milestone", "1")])
def test_erasing_what_there_is_not_or_names_nobody_is_not_found(desk_of, secretary, kind, key):
    make_revision(kind="milestone")

    assert desk_of(secretary).get(f"/workspace/history/{kind}/{key}/erase/").status_code == 404


def test_erasing_is_not_offered_to_officers(desk_of, approver, changed):
    page = desk_of(approver).get(reverse("record-history", args=["note", changed.key])).content.decode()

    assert "/erase/" not in page
    assert desk_of(approver).post(reverse("record-erase", args=["note", changed.key])).status_code == 403


def test_public_history_shows_that_names_were_erased(client, desk_of, secretary, changed):
    address = reverse("history", args=["note", changed.key])
    desk_of(secretary).post(reverse("record-erase", args=["note", changed.key]), {"why": "mistake"})
    client.logout()

    page = client.get(f"/en{address}").content.decode()

    assert page.count("Who was named here was erased on") == 1
    assert "[erased]" in page


def test_restore_of_an_erased_revision_is_refused_in_words(desk_of, secretary, officer, changed):
    desk_of(secretary).post(reverse("record-erase", args=["note", changed.key]), {"why": "asked"})
    browser = desk_of(officer)
    first = Revision.objects.get(number=1)

    answer = browser.post(f"/en/workspace/restore/{first.pk}/", follow=True)

    assert "This cannot be restored: who it named was erased from it." in answer.content.decode()


def test_history_of_what_is_off_the_site_is_found_in_the_list_of_its_kind(desk_of, officer, note, office_gone):
    make_revision(key=str(note.pk), place="khon-kaen")
    browser = desk_of(officer)

    offices = browser.get("/workspace/khon-kaen/?kind=office")

    assert f'href="/workspace/history/office/{office_gone}/"' in offices.content.decode()
    assert [revision.number for revision in offices.context["gone"]] == [2]
    assert browser.get("/workspace/khon-kaen/?kind=note").context["gone"] == []
