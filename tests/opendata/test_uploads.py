"""Files that people bring: received, examined in the background, described, published, dropped."""

import datetime as dt
import io
import json
import uuid

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from learningcity.audit.models import Entry
from learningcity.cities.models import City, Role
from learningcity.common.columnar.intake import Choices, Refused
from learningcity.common.columnar.limits import LARGEST_UPLOAD
from learningcity.opendata.actions import (
    describe_columns,
    drop_forgotten_uploads,
    drop_upload,
    read_again,
    receive_upload,
)
from learningcity.opendata.jobs import drop_forgotten_uploads_daily, resume_interrupted
from learningcity.opendata.models import Distribution, Upload
from learningcity.opendata.queries.uploads import uploads_in
from learningcity.opendata.tasks import examine_upload, examining
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.moderation import make_proposal
from tests.factories.opendata import examined, make_dataset, make_upload, publish_uploads

pytestmark = pytest.mark.django_db
ROWS = "จังหวัด,จำนวน\nเลย,1\nน่าน,2\n".encode()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def place():
    return make_city().slug


@pytest.fixture
def editor(place):
    return officer(place, "editor")


def officer(place, kind):
    return make_role(kind=kind, city=City.objects.get(slug=place)).user


def strangers():
    """Return somebody without a role, and the officers of another city."""
    city = make_city()
    return [make_user(), make_role(kind="editor", city=city).user, make_role(kind="approver", city=city).user]


def receive(place, by, content=ROWS, name="นักเรียน.csv"):
    return receive_upload(SimpleUploadedFile(name, content), name, place, by=by)


def stored():
    """Return the names of all files that are stored for uploads."""
    storage = Upload._meta.get_field("file").storage
    known = {name for pair in Upload.objects.values_list("file", "table") for name in pair if name}
    return {name for name in known if storage.exists(name)}


def jobs(status="todo"):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'opendata.examine' AND status = %s", [status]
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_receive_upload_keeps_the_bytes_and_defers_a_look_at_them(place, editor):
    upload = receive(place, editor)

    assert (upload.standing, upload.place, upload.by, upload.name, upload.size) == (
        *("received", place, editor, "นักเรียน.csv"),
        len(ROWS),
    )
    assert upload.file.read() == ROWS
    assert jobs() == [{"upload": upload.pk, "turn": 1, "language": "en"}]
    assert Entry.objects.filter(action="opendata.receive_upload", actor=editor).count() == 1


def test_receive_upload_refuses_too_large_a_file_before_reading_it(place, editor):
    file = SimpleUploadedFile("a.csv", ROWS)
    file.size = LARGEST_UPLOAD + 1
    file.file = None

    with pytest.raises(Refused, match="larger than 1,500 MB"):
        receive_upload(file, "a.csv", place, by=editor)
    assert not Upload.objects.exists()


def test_upload_is_seen_by_nobody_whose_role_ended_and_its_bytes_have_no_address(client, place, editor):
    upload = receive(place, editor)
    client.force_login(editor)
    page = f"/workspace/uploads/{upload.token}/"
    before = client.get(page).status_code
    Role.objects.filter(user=editor).update(ends_on="2024-12-31")

    assert (before, client.get(page).status_code, client.post(f"{page}drop/").status_code) == (200, 404, 404)
    for folder in ("", "media/", "static/", "data/", "files/", "workspace/"):
        assert client.get(f"/{folder}{upload.file.name}").status_code == 404
    assert client.get(f"/static/../{upload.file.name}").status_code == 404


@pytest.mark.parametrize(("what", "most"), [("DATA_WAITING", 1), ("BYTES_WAITING", 2 * len(ROWS) - 1)])
def test_receive_upload_takes_no_more_than_may_wait_for_one_place(place, editor, monkeypatch, what, most):
    monkeypatch.setattr(f"learningcity.opendata.actions.uploads.{what}", most)
    make_upload(place="elsewhere", size=10**12)
    first = receive(place, editor)

    with pytest.raises(Refused, match="Too many files wait"):
        receive(place, editor)
    drop_upload(first, by=editor)
    assert receive(place, editor).standing == "received"


def test_receive_upload_looks_into_the_file_not_at_its_name(place, editor):
    with pytest.raises(Refused, match="This is a PDF"):
        receive(place, editor, b"%PDF-1.7 %%EOF", "a.csv")
    assert (Upload.objects.count(), jobs()) == (0, [])


def test_receive_upload_leaves_nothing_if_it_cannot_be_written_down(place, editor, monkeypatch):
    def fail(*_given, **_said):
        raise RuntimeError

    storage = Upload._meta.get_field("file").storage
    monkeypatch.setattr("learningcity.opendata.actions.uploads.write", fail)
    before = set(storage.listdir("opendata/uploads")[1]) if storage.exists("opendata/uploads") else set()

    with pytest.raises(RuntimeError):
        receive(place, editor)
    assert set(storage.listdir("opendata/uploads")[1]) == before


def test_examine_writes_down_what_was_found(place, editor):
    upload = examined(receive(place, editor))

    assert (upload.standing, upload.progress, upload.format, upload.row_count) == ("ready", 100, "csv", 2)
    assert [field["name"] for field in upload.schema["fields"]] == ["changwat", "chamnuan"]
    assert (upload.found["encoding"], upload.found["preview"]) == ("utf-8", [["เลย", "1"], ["น่าน", "2"]])
    assert (len(upload.sha256), upload.table.read()[:4]) == (64, b"PAR1")


@pytest.mark.parametrize("language", ["en", "th"])
def test_examine_refuses_in_the_language_of_the_person_and_keeps_no_bytes(
    place, editor, language, django_capture_on_commit_callbacks
):
    upload = receive(place, editor, b"a,b\n1,\0\n")
    name, storage = upload.file.name, upload.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        upload = examined(upload, language)

    with translation.override(language):
        words = _("The file holds NUL bytes, so it is no text. Save the table as “CSV UTF-8”.")
    assert (upload.standing, upload.schema, bool(upload.file), storage.exists(name)) == ("refused", {}, False, False)
    assert upload.refusal == words


def test_examine_a_second_time_does_nothing(place, editor):
    upload = examined(receive(place, editor))
    table = upload.table.name

    assert examined(upload).table.name == table


def test_examine_goes_on_after_a_worker_was_killed(place, editor):
    upload = receive(place, editor)
    Upload.objects.update(standing="reading", progress=40)

    assert examined(upload).standing == "ready"


def test_examine_gives_up_on_a_file_that_stops_the_worker_each_time(place, editor):
    upload = receive(place, editor)
    Upload.objects.update(standing="reading", found={**upload.found, "attempts": examining.MOST_ATTEMPTS})

    assert (examined(upload).standing, upload.refusal[:30]) == ("refused", "Reading this file stopped our ")


def test_examine_ends_when_the_upload_is_dropped_meanwhile(place, editor, monkeypatch):
    upload = receive(place, editor)
    real = examining.examine

    def dropping(*given, **said):
        drop_upload(upload, by=editor)
        return real(*given, **said)

    monkeypatch.setattr(examining, "examine", dropping)
    examine_upload(upload.pk, 1, "en")

    assert not Upload.objects.exists()


def test_examine_out_of_turn_does_nothing(place, editor):
    upload = receive(place, editor)
    read_again(upload, Choices(types={"chamnuan": "string"}), by=editor)
    examine_upload(upload.pk, 1, "en")
    upload.refresh_from_db()

    assert upload.standing == "received"
    assert examined(upload).schema["fields"][1]["type"] == "string"


def test_examine_tells_how_far_it_is(place, editor, monkeypatch):
    told = []
    real = examining._tell
    monkeypatch.setattr(examining, "_tell", lambda *said: (real(*said), told.append(Upload.objects.get().progress)))
    examined(receive(place, editor))

    assert (told, max(told)) == (sorted(told), 99)


def test_read_again_takes_the_sheet_that_was_chosen_and_keeps_what_was_said(place, editor):
    upload = examined(receive(place, editor, book(one=[["a"], [1]], two=[["b"], [2]]), "a.xlsx"))
    describe_columns(upload, {"a": {"title_th": "ก"}}, by=editor)

    again = examined(read_again(upload, Choices(sheet="two"), by=editor))
    back = examined(read_again(again, Choices(sheet="one"), by=editor))

    assert (again.schema["fields"][0]["name"], back.schema["fields"][0]["name"]) == ("b", "a")
    assert again.found["sheets"] == ["one", "two"]


def test_read_again_with_a_choice_that_cannot_be_followed_keeps_what_was_read(place, editor):
    upload = examined(receive(place, editor, book(one=[["a"], [1]]), "a.xlsx"))
    again = examined(read_again(upload, Choices(sheet="none"), by=editor))

    assert (again.standing, again.row_count, again.problems[0]["kind"]) == ("ready", 1, "not_read")
    assert again.table.read()[:4] == b"PAR1"


def book(**sheets):
    made, file = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file.getvalue()


def test_describe_columns_says_what_they_are_called(place, editor):
    upload = examined(receive(place, editor))
    said = {"chamnuan": {"title_en": " Pupils ", "unit": "people"}, "other": {"title_en": "y"}}
    upload = describe_columns(upload, said, by=editor)

    assert upload.schema["fields"][1] | {"heading": ""} == {
        "name": "chamnuan",
        "type": "integer",
        "title": "จำนวน",
        "title_th": "จำนวน",
        "title_en": "Pupils",
        "unit": "people",
        "heading": "",
    }
    assert examined(read_again(upload, Choices(), by=editor)).schema["fields"][1]["title_en"] == "Pupils"


def test_drop_upload_leaves_nothing(place, editor, django_capture_on_commit_callbacks):
    upload = examined(receive(place, editor))
    names, storage = [upload.file.name, upload.table.name], upload.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        drop_upload(upload, by=editor)

    assert (Upload.objects.count(), [storage.exists(name) for name in names]) == (0, [False, False])


def test_uploads_become_the_files_of_a_version(place, editor, django_capture_on_commit_callbacks):
    uploads = [examined(receive(place, editor, ROWS, name)) for name in ("นักเรียน 2567.csv", "x.csv", "x.csv")]
    uploads.append(examined(receive(place, editor, b"%PDF-1.7 %%EOF", "report.pdf")))
    with django_capture_on_commit_callbacks(execute=True):
        version = publish_uploads(make_dataset(place=place), *uploads)

    parts = list(Distribution.objects.values_list("name", "format", "row_count", "title_th", "title_en"))
    assert parts == [
        ("nakrian_2567", "csv", 2, "นักเรียน 2567", ""),
        ("x", "csv", 2, "", "x"),
        ("x_2", "csv", 2, "", "x"),
        ("report", "pdf", None, "", "report"),
    ]
    assert version.distributions.first().file.file.read() == ROWS
    assert (Upload.objects.count(), stored()) == (0, set())


def test_uploads_stranger_may_not_bring_or_change(place, editor):
    upload = examined(receive(place, editor))

    for stranger in strangers():
        with pytest.raises(PermissionDenied):
            receive_upload(SimpleUploadedFile("a.csv", ROWS), "a.csv", place, by=stranger)
        with pytest.raises(PermissionDenied):
            read_again(upload, Choices(), by=stranger)
        with pytest.raises(PermissionDenied):
            describe_columns(upload, {}, by=stranger)
        with pytest.raises(PermissionDenied):
            drop_upload(upload, by=stranger)
    assert Upload.objects.get().standing == "ready"


def test_uploads_in_are_those_of_the_places_of_a_person(place, editor):
    mine = receive(place, editor)
    make_upload(place="elsewhere")

    assert list(uploads_in(editor)) == [mine]
    assert uploads_in(make_role(kind="secretariat", city=None).user).count() == 2


def test_forgotten_uploads_are_dropped_unless_a_proposal_names_them(place, editor, django_capture_on_commit_callbacks):
    old, named, fresh = (receive(place, editor) for _number in range(3))
    long_ago = timezone.now() - dt.timedelta(days=91)
    Upload.objects.exclude(pk=fresh.pk).update(received_at=long_ago)
    make_proposal(kind="dataset", place=place, values={"uploads": [str(named.token), str(uuid.uuid4())]})
    name, storage = old.file.name, old.file.storage

    with django_capture_on_commit_callbacks(execute=True):
        drop_forgotten_uploads_daily.func(0)

    assert set(Upload.objects.all()) == {named, fresh}
    assert (storage.exists(name), drop_forgotten_uploads()) == (False, 0)


def test_files_that_a_stopped_worker_left_are_deleted(place, editor, monkeypatch):
    upload = receive(place, editor)
    storage = upload.file.storage
    lost = storage.save("opendata/uploads/lost", io.BytesIO(b"x"))
    monkeypatch.setattr("learningcity.opendata.queries.uploads.LONG_AGO", dt.timedelta(days=-1))

    drop_forgotten_uploads()

    assert (storage.exists(lost), storage.exists(upload.file.name)) == (False, True)


def test_what_a_worker_left_in_the_middle_begins_again(place, editor):
    upload = receive(place, editor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    async_to_sync(resume_interrupted.func)(0)

    assert (jobs("doing"), [job["upload"] for job in jobs()]) == ([], [upload.pk])
