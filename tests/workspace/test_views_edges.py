"""What happens beside the way: records that go, roles that end, people who may only write on one record."""

import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from learningcity.moderation import registry
from learningcity.moderation.actions import approve, begin, propose_removal, save_draft, submit
from learningcity.moderation.models import Proposal
from tests.factories.accounts import make_user
from tests.factories.cities import make_role
from tests.factories.partners import make_agreement, make_goal, make_goal_link, make_target
from tests.workspace.test_views_editing import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(note, officer):
    return begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)


def test_form_folds_away_what_says_nothing_and_opens_what_does(desk_of, officer, city):
    make_goal(4, name_en="Quality education")
    browser = desk_of(officer)
    link = make_goal_link(agreement=make_agreement(city=city), goal=make_goal(4), target=make_target("4.7"))

    page = browser.get(reverse("record-edit", args=["agreement", link.agreement_id]), headers={"accept-language": "en"})

    words = page.content.decode()
    assert words.count('<details class="fold">') == 16
    assert words.count('<details class="fold" open>') == 1


def test_form_opens_what_is_wrong_in_a_fold(desk_of, officer, city):
    browser = desk_of(officer)
    draft = begin(("agreement", city.slug, ""), uuid.uuid4(), by=officer)
    save_draft(draft, {"goal_9_th": "เหตุผล"}, 0, by=officer)

    page = browser.get(f"/en{reverse('proposal-submit', args=[draft.pk])}".replace("/en/en", "/en"))

    words = page.content.decode()
    assert page.status_code == 400
    assert words.count('<details class="fold" open><summary>9</summary>') == 1


def test_text_that_nobody_types_is_refused_and_shown_again(desk_of, officer, draft):
    browser = desk_of(officer)
    address = reverse("proposal", args=[draft.pk])

    refused = browser.post(address, typed(browser.get(address), text_en="x" * 200_001))

    assert refused.status_code == 400
    assert refused.context["form"]["text_en"].value() == "x" * 200_001
    answer = browser.post(reverse("proposal-save", args=[draft.pk]), {"text_en": "x" * 200_001})
    assert (answer.status_code, "problem" in answer.json()) == (400, True)


def test_record_that_went_meanwhile_leaves_the_draft_readable(desk_of, officer, draft, note):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    note.delete()
    browser = desk_of(officer)

    assert browser.get(reverse("proposal", args=[draft.pk])).status_code == 200
    assert browser.get(reverse("proposal-submit", args=[draft.pk])).status_code == 400
    assert browser.get(reverse("proposal-preview", args=[draft.pk])).status_code == 403
    assert browser.get("/workspace/").status_code == 200


def test_form_of_what_waits_already_leads_to_the_proposal(desk_of, officer, draft, note):
    browser = desk_of(officer)
    page = browser.get(reverse("proposal", args=[draft.pk]))
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)

    late = browser.post(reverse("proposal", args=[draft.pk]), typed(page, text_en="too late"))
    answer = browser.post(reverse("proposal-save", args=[draft.pk]), {"text_en": "too late"})

    assert late.headers["Location"] == reverse("proposal", args=[draft.pk])
    assert answer.status_code == 409
    assert browser.get(f"/workspace/edit/note/{note.pk}/").headers["Location"] == reverse("proposal", args=[draft.pk])
    assert browser.get(reverse("proposal-submit", args=[draft.pk])).status_code == 302


def test_role_that_ends_leaves_what_was_typed_to_read(desk_of, city, note):
    role = make_role(city=city)
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=role.user)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=role.user)
    role.delete()
    browser = desk_of(role.user)

    page = browser.get(reverse("proposal", args=[draft.pk]))

    assert "data-autosave" not in page.content.decode()
    assert "at last" in page.content.decode()
    assert browser.post(reverse("proposal-save", args=[draft.pk]), {"text_en": "x"}).status_code == 403


def test_who_may_write_on_one_record_alone_writes_on_that(desk_of, note, monkeypatch):
    clerk = make_user()
    kind = replace(registry.kind_named("note"), also_by=lambda user, record: user == clerk)
    monkeypatch.setitem(registry._kinds, "note", kind)
    browser = desk_of(clerk)
    address = f"/workspace/edit/note/{note.pk}/"

    saved = browser.post(address, typed(browser.get(address), text_en="Signed at last"))

    assert browser.get(saved.headers["Location"]).context["back"] == "/workspace/"
    assert browser.get(f"/workspace/history/note/{note.pk}/").status_code == 200
    assert browser.get("/workspace/khon-kaen/").status_code == 403


def test_removal_of_what_is_being_changed_leads_to_the_change(desk_of, officer, draft, note):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)

    answer = desk_of(officer).post(f"/workspace/remove/note/{note.pk}/")

    assert answer.headers["Location"] == reverse("proposal", args=[draft.pk])


def test_removal_has_nothing_to_preview_but_what_goes(desk_of, officer, approver, note):
    removal = propose_removal(("note", str(note.pk)), by=officer)
    browser = desk_of(officer)

    assert browser.get(reverse("proposal", args=[removal.pk])).headers["Location"].endswith("/submit/")
    assert "Signed" in browser.get(reverse("proposal-preview", args=[removal.pk])).content.decode()


def test_what_is_published_is_read_and_not_previewed(desk_of, officer, approver, draft):
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    submit(draft, by=officer)
    approve(draft, by=approver)
    browser = desk_of(officer)

    assert browser.get(reverse("proposal", args=[draft.pk])).status_code == 200
    assert browser.get(reverse("proposal-preview", args=[draft.pk])).status_code == 302
    assert browser.post(reverse("proposal-recall", args=[draft.pk])).status_code == 302
    assert browser.post(reverse("proposal-withdraw", args=[draft.pk])).status_code == 302
    assert Proposal.objects.get().state == "published"


def test_record_without_a_page_of_its_own_shows_its_changes_as_preview(desk_of, officer, draft, monkeypatch):
    monkeypatch.delitem(registry._pages, "note")
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    browser = desk_of(officer)

    assert "at last" in browser.get(reverse("proposal-preview", args=[draft.pk])).content.decode()
    assert browser.get(f"/history/note/{draft.key}/").status_code == 404


@pytest.mark.parametrize("stands", [("/cities/?region=south#list", True), ("/cities/nowhere/", False), ("/x/", False)])
def test_preview_goes_wherever_the_record_stands(desk_of, officer, draft, monkeypatch, stands):
    address, seen = stands
    monkeypatch.setitem(registry._pages, "note", lambda note: address)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)

    page = desk_of(officer).get(reverse("proposal-preview", args=[draft.pk]))

    assert (page.status_code, "preview-banner" in page.content.decode()) == (200, seen)


@pytest.mark.usefixtures("city")
def test_every_kind_has_its_list_and_its_form_without_an_error(desk_of, officer):
    browser = desk_of(officer)
    answers = {
        kind.name: browser.get(f"/workspace/khon-kaen/?kind={kind.name}").status_code for kind in registry.kinds()
    }
    forms = {
        kind.name: browser.get(f"/workspace/khon-kaen/new/{kind.name}/").status_code
        for kind in registry.kinds()
        if kind.may_begin_in("khon-kaen")
    }

    assert set(answers.values()) == {200}
    assert set(forms.values()) == {200}
