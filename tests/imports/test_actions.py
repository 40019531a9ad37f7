import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.audit.models import Entry
from learningcity.cities.models import City
from learningcity.common import quotas
from learningcity.common.sheets.guards import Unreadable
from learningcity.imports import actions, queries, tasks
from learningcity.imports.models import Import, Row
from learningcity.imports.queries.notices import TEXTS
from learningcity.imports.registry import NotRegistered
from learningcity.moderation import actions as moderation
from learningcity.notices.models import Notice
from learningcity.opendata.models import Observation
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.imports import HEADINGS, as_upload, make_import, make_upload, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(content, officers, place):
    return make_import(content, by=officers[0], place=place)


@pytest.fixture
def handed_in(checked, officers):
    return actions.submit_import(checked, "good", by=officers[0])


@pytest.fixture
def applied(handed_in, officers):
    actions.apply_import(handed_in, by=officers[1])
    tasks.apply_rows(handed_in.pk)
    handed_in.refresh_from_db()
    return handed_in


def strangers(place):
    """Return nobody in particular, officers of another city, and an editor of this one until yesterday."""
    today, other = timezone.localdate(), make_city()
    former = make_role(
        kind="editor", city=City.objects.get(slug=place), starts_on=today - dt.timedelta(days=9), ends_on=today
    )
    officers = [make_role(kind=kind, city=other).user for kind in ("editor", "approver")]
    return [make_user(), *officers, former.user]


def test_upload_table_by_a_stranger_is_refused(content, place):
    for stranger in strangers(place):
        with pytest.raises(PermissionDenied):
            actions.upload_table(as_upload(content), "facts", place, by=stranger)
    assert Import.objects.count() == 0


def test_upload_table_for_the_whole_network_by_an_officer_is_refused(content, officers):
    with pytest.raises(PermissionDenied):
        actions.upload_table(as_upload(content), "facts", "", by=officers[0])


def test_check_again_by_a_stranger_is_refused(checked, place):
    for stranger in strangers(place):
        with pytest.raises(PermissionDenied):
            actions.check_again(checked, by=stranger)


def test_submit_import_by_a_stranger_is_refused(checked, place):
    for stranger in strangers(place):
        with pytest.raises(PermissionDenied):
            actions.submit_import(checked, "good", by=stranger)


def test_apply_import_by_a_stranger_is_refused(handed_in, place):
    for stranger in strangers(place):
        with pytest.raises(PermissionDenied):
            actions.apply_import(handed_in, by=stranger)
    assert Observation.objects.count() == 0


def test_discard_import_by_a_stranger_is_refused(checked, place):
    for stranger in strangers(place):
        with pytest.raises(PermissionDenied):
            actions.discard_import(checked, by=stranger)


def test_undo_import_by_a_stranger_is_refused(applied, place):
    for stranger in strangers(place):
        with pytest.raises(PermissionDenied):
            actions.undo_import(applied, by=stranger)
    assert Observation.objects.count() == 1


def test_whoever_brought_a_file_neither_approves_nor_undoes_it(officers, place, content):
    secretary = make_role(kind="secretariat", city=None).user
    upload = make_import(content, by=secretary, place=place)
    actions.submit_import(upload, "good", by=secretary)
    with pytest.raises(PermissionDenied):
        actions.apply_import(upload, by=secretary)

    actions.apply_import(upload, by=officers[1])
    tasks.apply_rows(upload.pk)
    upload.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.undo_import(upload, by=secretary)


def test_an_editor_does_not_approve(handed_in, officers, place):
    colleague = make_role(kind="editor", city=make_city()).user

    for editor in (officers[0], colleague):
        with pytest.raises(PermissionDenied):
            actions.apply_import(handed_in, by=editor)


def test_an_import_goes_from_hand_to_hand_and_leaves_its_entries(applied, officers):
    editor, approver = officers

    said = Entry.objects.filter(record=f"imports.Import:{applied.pk}").order_by("pk")
    assert [(entry.action, entry.actor, entry.after) for entry in said] == [
        ("imports.upload", editor, ""),
        ("imports.check", None, "checked"),
        ("imports.submit", editor, ""),
        ("imports.apply", approver, "applied"),
    ]
    assert said.last().detail == {"table": "facts", "added": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert (applied.state, queries.released_by(applied)) == ("applied", approver)


def test_the_same_file_twice_is_one_import(content, officers, place):
    first, second = (actions.upload_table(as_upload(content), "facts", place, by=officers[0]) for _click in range(2))

    assert (first, Import.objects.count()) == (second, 1)


def test_a_harmful_file_is_refused_and_nothing_is_kept(officers, place):
    with pytest.raises(Unreadable, match="PDF"):
        actions.upload_table(as_upload(b"%PDF-1.7", "table.xlsx"), "facts", place, by=officers[0])

    assert Import.objects.count() == 0


def test_an_unknown_table_is_refused(content, officers, place):
    with pytest.raises(NotRegistered):
        actions.upload_table(as_upload(content), "dreams", place, by=officers[0])


def test_a_file_that_cannot_be_read_says_why(officers, place):
    upload = make_import(text([("a", "b"), ("1", "2")]), by=officers[0], place=place)

    assert (upload.state, upload.rows_read) == ("unreadable", 0)
    assert upload.problem.startswith("No headings were found.")


def test_a_table_without_rows_says_so(officers, place):
    assert make_import(text([HEADINGS]), by=officers[0], place=place).problem == "There is no row below the headings."


@pytest.mark.parametrize(
    ("mode", "reason"), [("all", "Some rows are refused"), ("maybe", "Choose what to do with the refused rows")]
)
def test_submit_import_refuses_what_cannot_be_written(checked, officers, mode, reason):
    with pytest.raises(ValidationError, match=reason):
        actions.submit_import(checked, mode, by=officers[0])


def test_submit_import_refuses_a_file_that_changes_nothing(applied, content, officers, place):
    again = make_import(content + b"\r\n", by=officers[0], place=place)

    with pytest.raises(ValidationError, match="there is nothing to write"):
        actions.submit_import(again, "good", by=officers[0])


def test_submit_import_twice_waits_once(handed_in, officers):
    with pytest.raises(TransitionNotAllowed):
        actions.submit_import(handed_in, "good", by=officers[0])


def test_apply_import_twice_is_too_late(applied, officers):
    with pytest.raises(TransitionNotAllowed):
        actions.apply_import(applied, by=officers[1])


def test_undo_import_twice_is_too_late(applied, officers):
    actions.undo_import(applied, by=officers[1])

    with pytest.raises(TransitionNotAllowed):
        actions.undo_import(applied, by=officers[1])


def test_what_waits_is_neither_checked_again_nor_released(handed_in, officers):
    with pytest.raises(TransitionNotAllowed):
        actions.check_again(handed_in, by=officers[0])


def test_an_import_that_was_sent_back_can_be_handed_in_again(handed_in, officers):
    editor, approver = officers
    moderation.send_back(queries.proposal_of(handed_in), "Please explain the numbers.", by=approver)
    assert not queries.waits_for_approval(handed_in)

    actions.submit_import(handed_in, "good", "They are counted.", by=editor)

    assert queries.proposal_of(handed_in).note == "They are counted."
    assert queries.waits_for_approval(handed_in)


def test_an_import_approved_in_the_queue_of_moderation_is_written(handed_in, officers):
    moderation.approve(queries.proposal_of(handed_in), by=officers[1])
    tasks.apply_rows(handed_in.pk)

    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.mode, Observation.objects.count()) == ("applied", "good", 1)


def test_a_rehearsal_in_moderation_writes_nothing(handed_in):
    with moderation.rehearse(queries.proposal_of(handed_in)) as upload:
        assert upload.state == "applying"

    handed_in.refresh_from_db()
    assert handed_in.state == "checked"


def test_a_failed_import_can_be_checked_again(officers, place):
    upload = make_upload(place=place, state="failed", problem="Row 2 cannot be taken any more.")

    actions.check_again(upload, by=officers[0])

    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("uploaded", "")


def test_discard_import_deletes_rows_and_file(handed_in, officers, django_capture_on_commit_callbacks):
    storage, name = handed_in.file.storage, handed_in.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_import(handed_in, by=officers[0])

    handed_in.refresh_from_db()
    assert (handed_in.state, Row.objects.count(), storage.exists(name)) == ("discarded", 0, False)
    assert queries.proposal_of(handed_in).state == "withdrawn"


def test_what_is_written_cannot_be_discarded(applied, officers):
    with pytest.raises(TransitionNotAllowed):
        actions.discard_import(applied, by=officers[0])


def test_a_discarded_import_is_not_checked_any_more(content, officers, place):
    upload = actions.upload_table(as_upload(content), "facts", place, by=officers[0])
    actions.discard_import(upload, by=officers[0])

    tasks.check_rows(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, Row.objects.count()) == ("discarded", 0)


def test_whoever_brought_a_file_is_told_what_became_of_it(applied, officers):
    told = Notice.objects.get(recipient=officers[0], kind="imports.done")
    told.about = applied

    assert told.record == f"imports.Import:{applied.pk}"
    assert TEXTS["imports.done"].title(told) == "“sample.csv”: written"
    assert [TEXTS["imports.done"].allowed(user, told) for user in (officers[0], make_user())] == [True, False]


def test_apply_import_by_whoever_brought_the_file_is_refused_though_somebody_else_handed_it_in(
    content, officers, place
):
    editor, approver = officers
    upload = make_import(content, by=approver, place=place)
    actions.submit_import(upload, "good", by=editor)

    with pytest.raises(PermissionDenied):
        actions.apply_import(upload, by=approver)


def test_upload_past_the_measure_of_a_day_is_refused_at_the_file_and_only_for_this_place(officers, place, monkeypatch):
    monkeypatch.setattr(quotas, "TABLES_A_DAY", 2)
    first = actions.upload_table(as_upload(b"a,b\n1,2\n", "1.csv"), "facts", place, by=officers[0])
    make_upload(place=place, uploaded_at=quotas.day_began() - dt.timedelta(seconds=1))
    make_upload(place="elsewhere")
    actions.upload_table(as_upload(b"a,b\n2,2\n", "2.csv"), "facts", place, by=officers[0])

    with pytest.raises(ValidationError) as refused:
        actions.upload_table(as_upload(b"a,b\n3,2\n", "3.csv"), "facts", place, by=officers[0])

    assert refused.value.message_dict == {
        "file": ["2 files were brought for this place today, and no more are taken in on one day. Go on tomorrow."]
    }
    assert actions.upload_table(as_upload(b"a,b\n1,2\n", "1.csv"), "facts", place, by=officers[0]) == first
