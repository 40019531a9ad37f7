import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from learningcity.moderation.actions import approve, begin, recall, save_draft, submit
from learningcity.moderation.models import Proposal, Revision
from tests.factories.cities import make_role
from tests.factories.moderation import make_note, make_officer, make_proposal, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(note, officer):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last", "text_th": "ลงนามแล้ว"}, 0, by=officer)
    return submit(draft, "From the report.", by=officer)


def text_of(page):
    return page.content.decode()


def test_decision_shows_the_words_that_change_and_the_note(desk_of, approver, waiting):
    page = text_of(desk_of(approver).get(f"/en/workspace/queue/{waiting.pk}/"))

    assert '<ins><span class="visually-hidden">put in: </span> at last<' in page
    assert "From the report." in page


def test_decision_is_not_offered_to_the_author_who_is_told_why(desk_of, city, note, approver):
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=approver)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=approver)
    submit(draft, by=approver)
    browser = desk_of(approver)

    page = text_of(browser.get(f"/en/workspace/queue/{draft.pk}/"))

    assert "nobody approves their own" in page
    assert '<button class="button" disabled>' in page
    assert browser.post(f"/en/workspace/queue/{draft.pk}/", {"now": "1"}).status_code == 403


def test_sending_back_without_a_reason_keeps_everything_in_place(desk_of, approver, waiting):
    browser = desk_of(approver)

    refused = browser.post(f"/workspace/queue/{waiting.pk}/", {"send_back": "1", "reason": "  "})

    assert (refused.status_code, list(refused.context["refusing"].errors)) == (400, ["reason"])
    browser.post(f"/workspace/queue/{waiting.pk}/", {"send_back": "1", "reason": "Which report?"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("returned", "Which report?")


def test_publishing_later_needs_a_time_to_come(desk_of, approver, waiting):
    browser = desk_of(approver)
    address = f"/workspace/queue/{waiting.pk}/"
    later = timezone.localtime() + dt.timedelta(days=2)

    for wrong in ("", "2024-01-01T10:00", "tomorrow"):
        assert browser.post(address, {"later": "1", "publish_at": wrong}).status_code == 400
    browser.post(address, {"later": "1", "publish_at": f"{later:%Y-%m-%dT%H:%M}"})

    waiting.refresh_from_db()
    assert (waiting.state, f"{timezone.localtime(waiting.publish_at):%H:%M}") == ("scheduled", f"{later:%H:%M}")


def test_decision_on_what_was_overtaken_shows_both_texts(desk_of, approver, waiting, note):
    note.text_en = "Signed by others"
    note.save()
    browser = desk_of(approver)

    assert "Signed " in text_of(browser.get(f"/en/workspace/queue/{waiting.pk}/"))
    assert browser.post(f"/en/workspace/queue/{waiting.pk}/", {"now": "1"}).status_code == 400


def test_decision_that_comes_too_late_says_so(desk_of, approver, waiting):
    Proposal.objects.filter(pk=waiting.pk).update(state="withdrawn")

    answer = desk_of(approver).post(f"/workspace/queue/{waiting.pk}/", {"now": "1"}, follow=True)

    assert answer.redirect_chain == [("/workspace/queue/", 302)]
    assert 'class="notice error"' in text_of(answer)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_queue_costs_the_same_for_one_and_for_fifty(desk_of, city, officer, count, django_assert_num_queries):
    for _ in range(count):
        note = make_note(city=city)
        make_proposal(key=str(note.pk), place=city.slug, author=officer, state="submitted")
    browser = desk_of(officer)

    with django_assert_num_queries(9):
        page = browser.get("/workspace/queue/")

    assert len(page.context["rows"]) == min(count, 25)


def test_queue_is_narrowed_by_city_in_any_script_and_by_kind(desk_of, waiting):
    secretariat = make_role(kind="secretariat", city=None).user
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=secretariat, type="webauthn", data={"name": "key"})
    browser = desk_of(secretariat)

    def found(**query):
        return len(browser.get("/workspace/queue/", query).context["rows"])

    assert (found(), found(city="ขอนแก่น"), found(city="khon"), found(city="phuket")) == (1, 1, 1, 0)
    assert (found(kind="note"), found(kind="profile"), found(kind="dream")) == (1, 0, 1)


def test_history_shows_names_compares_any_two_and_restores(desk_of, officer, approver, waiting, note):
    approve(waiting, by=approver)
    browser = desk_of(officer)
    address = f"/en/workspace/history/note/{note.pk}/"

    page = text_of(browser.get(address, {"from": "2", "to": "1"}))

    assert "From 1 to 2" in page
    assert "at last" in page
    assert officer.name in page
    restored = browser.post(reverse("revision-restore", args=[Revision.objects.get(number=1).pk]))
    assert Proposal.objects.get(pk=restored.headers["Location"].split("/")[-2]).values == {
        "text_en": "Signed",
        "text_th": "ลงนาม",
    }


@pytest.mark.parametrize("query", [{"from": "x", "to": "1"}, {"from": "9", "to": "8"}, {"from": "1", "to": "1"}])
def test_history_of_what_cannot_be_compared_compares_nothing(desk_of, officer, note, query):
    make_revision(key=str(note.pk), place="khon-kaen")

    assert desk_of(officer).get(f"/workspace/history/note/{note.pk}/", query).context["comparison"] is None


def test_restore_of_what_waits_is_refused_in_words(desk_of, officer, waiting, note):
    revision = make_revision(key=str(note.pk), values={"text_en": "x"}, place="khon-kaen")

    answer = desk_of(officer).post(reverse("revision-restore", args=[revision.pk]))

    assert answer.headers["Location"] == f"/workspace/history/note/{note.pk}/"


def test_public_history_is_for_everybody_and_names_nobody(client, approver, waiting, note, officer):
    officer.name = "Sample Officer"
    officer.save()
    approve(waiting, by=approver)

    page = client.get(f"/en/history/note/{note.pk}/")

    assert (page.status_code, page.headers["Cache-Control"].startswith("public")) == (200, True)
    assert "Sample Officer" not in text_of(page)
    assert client.get("/history/note/999999/").status_code == 404
    assert client.get("/history/dream/1/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_public_history_costs_the_same_for_one_and_for_three(client, note, count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_revision(key=str(note.pk), number=number, place="khon-kaen", values={"text_en": f"{number}"})

    with django_assert_num_queries(13):
        client.get(f"/history/note/{note.pk}/")


def test_preview_of_a_colleague_is_seen_by_approvers_and_never_kept(desk_of, approver, waiting, note):
    page = desk_of(approver).get(f"/en/workspace/proposals/{waiting.pk}/preview/")

    assert "Signed at last" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    note.refresh_from_db()
    assert note.text_en == "Signed"


def test_place_lists_what_a_city_says_and_who_has_it_in_hand(desk_of, city, note, officer):
    colleague = make_officer(city)
    begin(("note", "", str(note.pk)), uuid.uuid4(), by=colleague)

    page = text_of(desk_of(officer).get("/en/workspace/khon-kaen/"))

    assert f"/en/workspace/edit/note/{note.pk}/" in page
    assert "draft: Sample Person" in page


def test_place_leads_to_its_plan_its_partners_and_its_pictures(desk_of, city, officer):
    html = text_of(desk_of(officer).get("/workspace/khon-kaen/"))

    ways = ["/workspace/khon-kaen/plan/", "/workspace/khon-kaen/partners/", "/pictures/?place=khon-kaen"]
    assert [way for way in ways if f'href="{way}"' not in html] == []


@pytest.mark.parametrize("count", [1, 3, 50])
def test_place_costs_the_same_for_one_and_for_fifty(desk_of, city, officer, count, django_assert_num_queries):
    for _ in range(count):
        make_note(city=city)
    browser = desk_of(officer)

    with django_assert_num_queries(12):
        page = browser.get("/workspace/khon-kaen/?kind=note")

    assert len(page.context["rows"]) == count


def test_decision_taken_on_an_old_page_publishes_nothing(desk_of, officer, approver, waiting, note):
    page = text_of(desk_of(approver).get(f"/workspace/queue/{waiting.pk}/"))
    recall(waiting, by=officer)
    save_draft(waiting, {"text_en": "Signed by nobody"}, waiting.version, by=officer)
    submit(waiting, by=officer)

    desk_of(approver).post(f"/workspace/queue/{waiting.pk}/", {"now": "1", "seen": str(waiting.version)})

    note.refresh_from_db()
    assert note.text_en == "Signed"
    assert f'name="seen" value="{waiting.version}"' in page
