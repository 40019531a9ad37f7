"""The way of a change from the first letter to the page, without JavaScript, and what the script sends."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from learningcity.cities.models import Milestone
from learningcity.moderation.actions import begin, save_draft
from learningcity.moderation.models import Proposal
from learningcity.workspace.queries.editing import changed_since
from tests.factories.moderation import make_officer

pytestmark = pytest.mark.django_db


def hidden(page, name):
    """Return what stands in a hidden field of a page."""
    import html

    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1))


def typed(page, **changes):
    """Return what a browser without scripts would send: every field of the form, with these changed."""
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    carried = {name: hidden(page, name) for name in ("token", "since", "marks")}
    return values | carried | {"then": "save"} | changes


@pytest.fixture
def draft(note, officer):
    return begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)


def test_looking_at_a_form_begins_nothing(desk_of, officer, note):
    page = desk_of(officer).get(f"/workspace/edit/note/{note.pk}/")

    assert (page.status_code, Proposal.objects.count()) == (200, 0)
    assert page.context["form"]["text_en"].value() == "Signed"


def test_change_is_saved_shown_handed_in_approved_and_read_by_visitors(desk_of, client, officer, approver, note):
    browser = desk_of(officer)
    address = f"/en/workspace/edit/note/{note.pk}/"
    saved = browser.post(address, typed(browser.get(address), text_en="Signed at last"))
    proposal = Proposal.objects.get()
    assert saved.headers["Location"] == f"/en/workspace/proposals/{proposal.pk}/"
    assert proposal.values == {"text_en": "Signed at last"}

    preview = browser.get(f"/en/workspace/proposals/{proposal.pk}/preview/")
    assert "Signed at last" in preview.content.decode()
    assert "Preview: not published." in preview.content.decode()
    assert preview.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in preview.headers["Cache-Control"]
    assert Milestone.objects.get().text_en == "Signed"

    handing = f"/en/workspace/proposals/{proposal.pk}/submit/"
    assert "at last" in browser.get(handing).content.decode()
    assert browser.post(handing, {"note": "From the report."}).status_code == 302

    browser = desk_of(approver)
    queue = browser.get("/en/workspace/queue/").content.decode()
    assert f"/en/workspace/queue/{proposal.pk}/" in queue
    assert browser.get(f"/en/workspace/proposals/{proposal.pk}/preview/").status_code == 200
    assert browser.post(f"/en/workspace/queue/{proposal.pk}/", {"now": "1"}).status_code == 302

    client.logout()
    assert "Signed at last" in client.get("/en/cities/khon-kaen/").content.decode()
    history = client.get(f"/en/history/note/{note.pk}/")
    assert "at last" in history.content.decode()
    assert officer.name not in history.content.decode()


def test_new_record_is_one_draft_however_often_it_is_sent(desk_of, officer, city):
    browser = desk_of(officer)
    form = typed(browser.get("/workspace/khon-kaen/new/note/"), text_th="ใหม่")

    first = browser.post("/workspace/khon-kaen/new/note/", form)
    second = browser.post("/workspace/khon-kaen/new/note/", form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Proposal.objects.get().values == {"text_th": "ใหม่"}


def test_new_record_remembers_the_source_that_was_named_last(desk_of, officer, note, city):
    draft = begin(("note", city.slug, ""), uuid.uuid4(), by=officer)
    save_draft(draft, {"source": note.source.slug}, 0, by=officer)
    browser = desk_of(officer)

    page = browser.get("/workspace/khon-kaen/new/note/")
    browser.post("/workspace/khon-kaen/new/note/", typed(page, text_th="ใหม่"))

    assert page.context["form"]["source"].value() == note.source.slug
    assert Proposal.objects.latest("pk").values == {"text_th": "ใหม่", "source": note.source.slug}


def test_form_that_is_wrong_says_so_at_the_field_and_keeps_what_was_typed(desk_of, officer, draft):
    browser = desk_of(officer)
    address = f"/en/workspace/proposals/{draft.pk}/"
    browser.post(address, typed(browser.get(address), day="31/2/2567", text_en="one two " * 7))

    for step in ("submit", "preview"):
        page = browser.get(f"{address}{step}/")

        assert page.status_code == 400
        assert sorted(page.context["form"].errors) == ["day", "text_en"]
        assert 'href="#id_day"' in page.content.decode()
        assert 'value="31/2/2567"' in page.content.decode()


def test_second_tab_shows_both_texts_and_the_person_chooses(desk_of, officer, draft):
    browser = desk_of(officer)
    address = f"/en/workspace/proposals/{draft.pk}/"
    first, second = browser.get(address), browser.get(address)
    browser.post(address, typed(first, text_en="from the first tab"))

    clash = browser.post(address, typed(second, text_en="from the second tab", text_th="แท็บสอง"))

    assert clash.status_code == 409
    assert [aside.text for aside in clash.context["sheet"].clashes] == ["from the first tab"]
    assert clash.context["form"]["text_en"].value() == "from the second tab"
    draft.refresh_from_db()
    assert draft.values == {"text_en": "from the first tab", "text_th": "แท็บสอง"}
    browser.post(address, typed(clash))
    draft.refresh_from_db()
    assert draft.values["text_en"] == "from the second tab"


def test_second_tab_that_changes_another_field_disturbs_nobody(desk_of, officer, draft):
    browser = desk_of(officer)
    address = f"/workspace/proposals/{draft.pk}/"
    first, second = browser.get(address), browser.get(address)
    browser.post(address, typed(first, text_en="from the first tab"))

    assert browser.post(address, typed(second, text_th="แท็บสอง")).status_code == 302

    draft.refresh_from_db()
    assert draft.values == {"text_en": "from the first tab", "text_th": "แท็บสอง"}


def test_field_of_a_colleague_is_seen_and_taken_over(desk_of, officer, city, note, draft):
    colleague = make_officer(city)
    other = begin(("note", "", str(note.pk)), uuid.uuid4(), by=colleague)
    save_draft(other, {"text_th": "ของเพื่อน"}, 0, by=colleague)
    browser = desk_of(officer)
    address = f"/en/workspace/proposals/{draft.pk}/"
    page = browser.get(address)
    assert [(each.name, [aside.text for aside in each.asides]) for each in page.context["sheet"].others] == [
        ("Sample Person", ["ของเพื่อน"])
    ]

    taken = browser.post(address, typed(page, text_en="mine") | {"from": f"{other.pk}:text_th"})

    assert taken.headers["Location"] == f"{address}#id_text_th"
    draft.refresh_from_db()
    assert draft.values == {"text_en": "mine", "text_th": "ของเพื่อน"}


def test_page_that_was_changed_meanwhile_is_shown_and_taken_in(desk_of, officer, note, draft):
    save_draft(draft, {"text_en": "mine"}, 0, by=officer)
    note.text_en = "published by others"
    note.save()
    browser = desk_of(officer)
    address = f"/workspace/proposals/{draft.pk}/"
    page = browser.get(address)
    assert [aside.field for aside in page.context["sheet"].overtaken] == ["text_en"]
    assert browser.get(f"{address}submit/").status_code == 400

    browser.post(address, typed(page) | {"then": "take", "published": "text_en"})

    draft.refresh_from_db()
    assert (draft.values, draft.base["text_en"]) == ({}, "published by others")


def test_save_by_script_answers_what_became_of_it(desk_of, officer, draft):
    browser = desk_of(officer)
    address = reverse("proposal-save", args=[draft.pk])
    changes = json.dumps({"text_en": "Signed at last", "stranger": "x"})

    said = browser.post(address, {"changes": changes, "since": "0"}).json()

    assert (said["version"], said["clashing"], said["news"], said["words"]["text_en"]) == (1, {}, {}, 3)
    assert browser.post(address, {"changes": changes, "since": "0"}).json()["version"] == 1
    clash = browser.post(address, {"changes": json.dumps({"text_en": "other"}), "since": "0"}).json()
    assert clash["clashing"] == {"text_en": "Signed at last"}


def test_save_by_script_begins_with_the_first_words(desk_of, officer, note, city):
    browser = desk_of(officer)
    sent = {"changes": json.dumps({"text_en": "x"}), "since": "0"}

    first = browser.post(f"/workspace/edit/note/{note.pk}/save/", sent).json()
    sent["token"] = str(uuid.uuid4())
    new = browser.post("/workspace/khon-kaen/new/note/save/", sent).json()
    again = browser.post("/workspace/khon-kaen/new/note/save/", sent).json()

    assert first["address"] != new["address"]
    assert new["address"] == again["address"]
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize("changes", ["no json", "[1]", "[" * 5000, '"x"'])
def test_save_by_script_of_nonsense_is_refused(desk_of, officer, draft, changes):
    answer = desk_of(officer).post(reverse("proposal-save", args=[draft.pk]), {"changes": changes})

    assert answer.status_code == 400


def test_pages_of_a_proposal_do_not_exist_for_a_stranger(desk_of, stranger, note, draft):
    browser = desk_of(stranger)

    for name in ("proposal", "proposal-submit", "proposal-preview", "decision"):
        assert browser.get(reverse(name, args=[draft.pk])).status_code == 404
    for name in ("proposal", "proposal-save", "proposal-withdraw", "proposal-recall", "decision"):
        assert browser.post(reverse(name, args=[draft.pk]), {}).status_code == 404
    for path in (
        f"edit/note/{note.pk}/",
        f"remove/note/{note.pk}/",
        "khon-kaen/",
        "khon-kaen/new/note/",
        f"history/note/{note.pk}/",
    ):
        assert browser.get(f"/workspace/{path}").status_code == 403


@pytest.mark.parametrize(
    "path", ["edit/note/999999/", "edit/note/x/", "edit/dream/1/", "proposals/999999/", "-/new/dream/"]
)
def test_what_does_not_exist_is_not_found(desk_of, officer, path):
    assert desk_of(officer).get(f"/workspace/{path}").status_code == 404


def test_proposal_that_waits_is_read_not_written_and_comes_back_on_demand(desk_of, officer, draft):
    browser = desk_of(officer)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    browser.post(reverse("proposal-submit", args=[draft.pk]), {})

    page = browser.get(reverse("proposal", args=[draft.pk]))
    assert "data-autosave" not in page.content.decode()
    browser.post(reverse("proposal-recall", args=[draft.pk]))

    assert "data-autosave" in browser.get(reverse("proposal", args=[draft.pk])).content.decode()
    assert browser.post(reverse("proposal-withdraw", args=[draft.pk])).headers["Location"] == "/workspace/"


def test_removal_is_asked_and_handed_in(desk_of, officer, approver, note):
    browser = desk_of(officer)
    address = f"/workspace/remove/note/{note.pk}/"
    assert browser.get(address).status_code == 200

    handing = browser.post(address).headers["Location"]
    browser.post(handing, {"note": "Twice on the page."})
    browser = desk_of(approver)
    proposal = Proposal.objects.get()
    assert browser.get(reverse("decision", args=[proposal.pk])).status_code == 200
    browser.post(reverse("decision", args=[proposal.pk]), {"now": "1"})

    assert Milestone.objects.count() == 0
    assert browser.get(f"/workspace/history/note/{note.pk}/").status_code == 200


def test_marks_that_nest_without_end_are_no_marks():
    assert changed_since({"text_en": "Signed"}, "[" * 100_000) == {"text_en": "Signed"}
