import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from learningcity.audit.models import Entry
from learningcity.moderation.actions import (
    approve,
    begin,
    erase_names,
    propose_removal,
    restore,
    save_draft,
    submit,
)
from learningcity.moderation.models import Proposal, Revision
from learningcity.moderation.queries import shown_value
from learningcity.moderation.registry import kind_named
from tests.factories.accounts import make_user
from tests.factories.cities import make_role
from tests.factories.moderation import make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_role(kind="secretariat", city=None).user


@pytest.fixture
def changed(note, officer, approver):
    """A note that said “Signed”, and says something else in English since."""
    draft = begin(("note", "", str(note.pk)), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed at last"}, 0, by=officer)
    return approve(submit(draft, by=officer), by=approver)


@pytest.fixture
def gone(changed, officer, approver):
    """That note, taken off the site."""
    removal = submit(propose_removal(("note", changed.key), by=officer), by=officer)
    return approve(removal, by=approver)


def said():
    rows = Revision.objects.order_by("number").values_list("values__text_th", "values__text_en", "erased_at")
    return [(thai, english, erased_at is not None) for thai, english, erased_at in rows]


def test_erase_names_of_what_is_gone_leaves_no_name_anywhere(gone, secretary):
    assert erase_names(("note", gone.key), "asked", by=secretary) == 3

    assert said() == [("[erased]", "[erased]", True), ("[erased]", "[erased]", True), (None, None, True)]
    assert set(Revision.objects.values_list("title", flat=True)) == {"[erased]"}
    assert set(Revision.objects.values_list("values__day", flat=True)) == {"2024-02-14", None}
    rows = [*Proposal.objects.values_list("base", "values"), *Revision.objects.values_list("title", "values")]
    assert [row for row in rows if "Signed" in str(row) or "ลงนาม" in str(row)] == []


def test_erase_names_is_written_down_without_the_names(gone, secretary):
    erase_names(("note", gone.key), "left", by=secretary)

    entry = Entry.objects.get(action="moderation.erase_names")
    assert (entry.actor, entry.record) == (secretary, f"cities.Milestone:{gone.key}")
    assert entry.detail == {"kind": "note", "why": "left", "revisions": [1, 2, 3]}


def test_erase_names_leaves_what_stands_on_the_site(changed, secretary):
    with override("en"):
        assert erase_names(("note", changed.key), "asked", by=secretary) == 1

    assert said() == [("ลงนาม", "[erased]", True), ("ลงนาม", "Signed at last", False)]


def test_erase_names_leaves_what_somebody_writes_about_what_stands(changed, officer, secretary):
    draft = begin(("note", "", changed.key), uuid.uuid4(), by=officer)
    save_draft(draft, {"text_en": "Signed by both"}, 0, by=officer)

    erase_names(("note", changed.key), "asked", by=secretary)

    draft.refresh_from_db()
    assert draft.values == {"text_en": "Signed by both"}


def test_erase_names_twice_says_that_nothing_is_left(gone, secretary):
    erase_names(("note", gone.key), "asked", by=secretary)

    with pytest.raises(ValidationError):
        erase_names(("note", gone.key), "asked", by=secretary)


@pytest.mark.parametrize("why", ["", "because Somebody wanted it"])
def test_erase_names_takes_a_reason_that_names_nobody(gone, secretary, why):
    with pytest.raises(ValidationError):
        erase_names(("note", gone.key), why, by=secretary)

    assert Entry.objects.filter(action="moderation.erase_names").count() == 0


def test_erase_names_of_a_kind_that_names_nobody_erases_nothing(secretary):
    make_revision(kind="milestone", values={"text_en": "Signed"})

    with pytest.raises(ValidationError):
        erase_names(("milestone", "1"), "asked", by=secretary)

    assert said() == [(None, "Signed", False)]


def test_erase_names_by_a_stranger_is_refused(gone, officer, approver, stranger):
    for person in (stranger, officer, approver, make_user()):
        with pytest.raises(PermissionDenied):
            erase_names(("note", gone.key), "asked", by=person)

    assert Revision.objects.filter(erased_at__isnull=False).count() == 0


def test_restore_of_an_erased_revision_is_refused_in_words(changed, officer, secretary):
    erase_names(("note", changed.key), "asked", by=secretary)

    with override("en"), pytest.raises(ValidationError, match="erased"):
        restore(Revision.objects.get(number=1), by=officer)


def test_erased_value_is_shown_in_words(note):
    form = kind_named("note").form(None, place="khon-kaen", record=note)

    with override("en"):
        assert shown_value(form, "text_en", "[erased]") == "[erased]"
