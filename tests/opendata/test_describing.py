"""What is said of the columns of a file: names for programs, keys and types, tried on the table before anything is written."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from learningcity.audit.models import Entry
from learningcity.common.columnar.found import Choices
from learningcity.opendata.actions import describe_columns, go_on_from, parts_of, read_again, receive_upload
from learningcity.opendata.queries.following import dataset_before
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import examined, make_dataset, make_version

pytestmark = pytest.mark.django_db
ROWS = b'school,pupils,day\na,1,x\nb,"1,200",2024-01-02\nb,3,\n,4,2024-01-03\n'
PLACES = b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[102.8,16.4]},"properties":{"n":1}}]}'


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor():
    return make_role(kind="editor", city=make_city(slug="khon-kaen")).user


def brought(editor, content=ROWS, name="schools.csv"):
    return examined(receive_upload(SimpleUploadedFile(name, content), name, "khon-kaen", by=editor))


def names(upload):
    return [field["name"] for field in upload.schema["fields"]]


def test_new_name_reaches_the_schema_and_the_table_and_keeps_what_was_said(editor):
    upload = brought(editor)
    upload = describe_columns(upload, {"pupils": {"name": "pupil_count", "unit": "people"}}, by=editor)
    standing = upload.standing
    upload = examined(upload)

    assert (standing, names(upload)) == ("received", ["school", "pupil_count", "day"])
    assert (upload.schema["fields"][1]["unit"], upload.schema["fields"][1]["heading"]) == ("people", "pupils")
    assert [one["name"] for one in upload.found["summary"]] == names(upload)
    # Named once more, read otherwise besides, and back to what the heading says.
    upload = describe_columns(upload, {"pupil_count": {"name": "pupils_2", "type": "integer"}}, by=editor)
    upload = examined(upload)
    assert (names(upload)[1], upload.schema["fields"][1]["type"]) == ("pupils_2", "integer")
    upload = examined(describe_columns(upload, {"pupils_2": {"name": "pupils"}}, by=editor))
    assert (names(upload), upload.found["choices"]["names"]) == (["school", "pupils", "day"], {})
    assert (upload.schema["fields"][1]["type"], upload.schema["fields"][1]["unit"]) == ("integer", "people")


def test_two_columns_change_their_names(editor):
    upload = describe_columns(brought(editor), {"school": {"name": "day"}, "day": {"name": "school"}}, by=editor)

    assert names(examined(upload)) == ["day", "pupils", "school"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Small letters"),
        ("School", "Small letters"),
        ("จำนวน", "Small letters"),
        ("1st", "Small letters"),
        ("a b", "Small letters"),
        ("a__b", "Small letters"),
        ("_id", "Small letters"),
        ("x; drop table a", "Small letters"),
        ("select", "a word of the database language"),
        ("file_row_number", "a word of the database language"),
        ("school", "Another column of this table is called “school”."),
        ("a" * 61, "At most 60 letters."),
    ],
)
def test_name_that_no_column_can_have_is_refused_at_its_field(editor, name, said):
    upload = brought(editor)
    with pytest.raises(ValidationError) as problem:
        describe_columns(upload, {"pupils": {"name": name, "unit": "people"}}, by=editor)

    assert [*problem.value.message_dict] == ["pupils:name"]
    assert said in problem.value.message_dict["pupils:name"][0]
    upload.refresh_from_db()
    assert (upload.standing, names(upload), "unit" in upload.schema["fields"][1]) == (
        "ready",
        ["school", "pupils", "day"],
        False,
    )


@pytest.mark.parametrize(("column", "name"), [("longitude", "x"), ("n", "geometry")])
def test_places_keep_the_names_by_which_they_are_known(editor, column, name):
    upload = brought(editor, PLACES, "places.geojson")
    with pytest.raises(ValidationError, match="they stay"):
        describe_columns(upload, {column: {"name": name}}, by=editor)

    assert names(examined(describe_columns(upload, {"n": {"name": "number"}}, by=editor)))[-1] == "number"


def test_key_is_tried_on_the_table_and_its_faults_are_told_with_their_rows(editor):
    upload = brought(editor)
    with pytest.raises(ValidationError) as problem:
        describe_columns(upload, {"school": {"key": "on"}}, by=editor)

    assert problem.value.message_dict == {
        "school:key": [
            "1 row has an empty cell here: row 5.",
            "1 row says here what an earlier row says: row 4 (“b”).",
        ]
    }
    upload = describe_columns(upload, {"pupils": {"key": "on", "name": "number"}}, by=editor)
    assert (upload.schema["primaryKey"], examined(upload).schema["primaryKey"]) == (["pupils"], ["number"])
    # Words alone leave the key as it is; an empty box takes it away.
    assert describe_columns(upload, {"school": {"unit": "x"}}, by=editor).schema["primaryKey"] == ["number"]
    assert "primaryKey" not in describe_columns(upload, {"number": {"key": ""}}, by=editor).schema


def test_key_of_several_columns(editor):
    upload = brought(editor, b"a,b,c\n1,1,x\n1,2,x\n2,1,x\n")

    assert describe_columns(upload, {"a": {"key": "on"}, "b": {"key": "on"}}, by=editor).schema["primaryKey"] == [
        "a",
        "b",
    ]


def test_key_that_another_reading_breaks_is_none_and_that_is_said(editor):
    upload = brought(editor, b"a,b\n1.0,x\n01,y\n")
    upload = describe_columns(upload, {"a": {"key": "on"}}, by=editor)
    upload = examined(describe_columns(upload, {"a": {"type": "number"}}, by=editor))

    assert (upload.schema["fields"][0]["type"], "primaryKey" in upload.schema) == ("number", False)
    assert upload.problems[0]["kind"] == "key_broken"


def test_cells_that_would_not_read_are_told_and_nothing_changes(editor):
    upload = brought(editor)
    with pytest.raises(ValidationError) as problem:
        describe_columns(upload, {"day": {"type": "date"}}, by=editor)

    assert problem.value.message_dict == {
        "day:type": ["1 cell could not be read so: row 2 (“x”). Nothing was changed."]
    }
    upload.refresh_from_db()
    assert (upload.standing, upload.found["choices"]["types"]) == ("ready", {})


@pytest.mark.parametrize("said", [{"type": "money"}, {"type": ""}, {"name": "pupils"}, {"key": ""}])
def test_what_is_no_choice_changes_nothing(editor, said):
    upload = describe_columns(brought(editor), {"pupils": said, "nothing": {"name": "x"}}, by=editor)

    assert (upload.standing, "primaryKey" in upload.schema) == ("ready", False)


def test_while_a_file_is_read_only_words_are_taken(editor):
    upload = read_again(brought(editor), Choices(), by=editor)
    upload = describe_columns(upload, {"pupils": {"name": "number", "unit": "people"}}, by=editor)
    upload = examined(upload)

    assert (names(upload)[1], upload.schema["fields"][1]["unit"]) == ("pupils", "people")
    assert Entry.objects.filter(action="opendata.describe_columns").count() == 1


def published(editor, said, content=ROWS):
    """A dataset whose newest version is a file of which this was said."""
    upload = examined(describe_columns(brought(editor, content), said, by=editor))
    dataset = make_dataset(place="khon-kaen")
    make_version(dataset=dataset, parts=parts_of([upload]))
    upload.delete()
    return dataset


def test_next_version_takes_over_what_was_said_and_the_place_of_its_table(editor):
    said = {
        "school": {"name": "school_name", "description_th": "ชื่อ"},
        "pupils": {"unit": "people", "type": "integer", "key": "on"},
    }
    dataset = published(editor, said)
    upload = brought(editor, ROWS.replace(b"b,3", b"b,5"), "schools 2568.csv")

    assert (dataset_before(upload), go_on_from(upload, dataset, by=editor)) == (dataset, "schools")
    upload = examined(upload)
    fields = upload.schema["fields"]
    assert (names(upload), fields[0]["description_th"]) == (["school_name", "pupils", "day"], "ชื่อ")
    assert (fields[1]["type"], fields[1]["unit"], upload.schema["primaryKey"]) == ("integer", "people", ["pupils"])
    assert parts_of([upload])[0].name == "schools"


def test_what_the_new_rows_do_not_allow_is_left_out(editor):
    dataset = published(editor, {"pupils": {"unit": "people", "type": "integer", "key": "on"}})
    upload = brought(editor, ROWS.replace(b"b,3", b"b,many").replace(b"a,1", b"a,4"), "new.csv")
    go_on_from(upload, dataset, by=editor)
    upload = examined(upload)

    assert (upload.schema["fields"][1]["type"], upload.schema["fields"][1]["unit"]) == ("string", "people")
    assert "primaryKey" not in upload.schema


def test_file_that_is_like_no_table_goes_on_with_none(editor):
    dataset = published(editor, {})
    upload = brought(editor, b"x,y\n1,2\n", "other.csv")

    assert (dataset_before(upload), go_on_from(upload, dataset, by=editor)) == (None, "")
    assert dataset_before(brought(editor, b"%PDF-1.7 %%EOF", "a.pdf")) is None


def test_stranger_describes_nothing(editor):
    stranger, upload = make_role(kind="approver", city=make_city()).user, brought(editor)
    with pytest.raises(PermissionDenied):
        describe_columns(upload, {"pupils": {"unit": "x"}}, by=stranger)
    with pytest.raises(PermissionDenied):
        go_on_from(upload, make_dataset(place="khon-kaen"), by=stranger)
