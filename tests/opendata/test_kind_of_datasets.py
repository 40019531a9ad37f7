"""Datasets as moderation knows them: what the form asks, what it refuses, and what becomes of it."""

import uuid

import pytest
from django.core.files.base import ContentFile

from learningcity.moderation.registry import kind_named
from learningcity.opendata.kinds import datasets as kinds
from learningcity.opendata.models import Dataset, Upload
from learningcity.opendata.queries import newest_version
from learningcity.opendata.queries.suggesting import suggested
from tests.factories.cities import make_authority, make_city
from tests.factories.opendata import make_dataset, make_part, make_upload, make_version

pytestmark = pytest.mark.django_db
KIND = "dataset"
SAID = {
    "title_th": "สถานศึกษา",
    "title_en": "Schools",
    "notes_th": "หนึ่งแถวคือหนึ่งโรงเรียน",
    "keywords_th": "โรงเรียน, นักเรียน ,โรงเรียน",
    "data_type": "records",
    "category": "public",
    "license": "OGL-TH",
    "origin_th": "ทะเบียนนักเรียน",
    "objectives": ["mission"],
    "maintainer_th": "กองยุทธศาสตร์",
    "maintainer_email": "data@example.org",
    "coverage": "municipality",
    "rhythm": "year",
    "first_year": "๒๕๖๐",
    "last_year": "2567",
}


@pytest.fixture
def upload():
    return make_upload(
        place="khon-kaen",
        name="โรงเรียน_2567.csv",
        standing="ready",
        format="csv",
        file=ContentFile(b"a\n2\n", "schools.csv"),
    )


@pytest.fixture(autouse=True)
def _parts(monkeypatch):
    """Keep the bytes of a file as they came; how a table is read has tests of its own."""
    monkeypatch.setattr(
        kinds, "parts_of", lambda uploads: [make_part(one.file.read(), name="schools") for one in uploads]
    )


def form_of(changes=None, *, record=None, place="khon-kaen", values=SAID):
    return kind_named(KIND).form({**values, **(changes or {})}, place=place, record=record)


def test_form_takes_what_the_government_catalogue_asks_and_reads_both_calendars(upload):
    form = form_of({"uploads": [str(upload.token)]})

    assert form.errors == {}
    said = form.cleaned_data
    assert (said["first_year"], said["last_year"], said["keywords_th"]) == (2017, 2024, ["โรงเรียน", "นักเรียน"])


@pytest.mark.parametrize(
    "name",
    [
        *("title_th", "notes_th", "keywords_th", "data_type", "category", "license", "origin_th", "objectives"),
        *("maintainer_th", "maintainer_email", "coverage", "rhythm", "uploads"),
    ],
)
def test_form_asks_for_every_mandatory_field(upload, name):
    empty = {name: [] if name in ("objectives", "uploads") else "", "title_en": ""}

    assert name in form_of({"uploads": [str(upload.token)], **empty}).errors


@pytest.mark.parametrize("category", ["personal", "security", "secret"])
def test_form_hands_nothing_but_public_data_to_the_government_catalogue(upload, category):
    form = form_of({"uploads": [str(upload.token)], "category": category, "allow_harvest": "on"})

    assert set(form.errors) == {"allow_harvest"}


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"last_year": "2559"}, "last_year"),
        ({"first_year": "9999"}, "first_year"),
        ({"first_year": "year"}, "first_year"),
        ({"first_year": "-5"}, "first_year"),
        ({"interval": "0"}, "interval"),
        ({"interval": "1e9"}, "interval"),
        ({"keywords_th": ",".join(map(str, range(40)))}, "keywords_th"),
        ({"keywords_th": "ก" * 101}, "keywords_th"),
        ({"landing_page": "javascript:alert(1)"}, "landing_page"),
        ({"license": "found"}, "license"),
        ({"uploads": ["1"]}, "uploads"),
        ({"uploads": [str(uuid.uuid4())]}, "uploads"),
        ({"title_en": "a" * 301}, "title_en"),
    ],
)
def test_form_refuses_at_the_field_what_cannot_be(upload, changes, name):
    form = form_of({"uploads": [str(upload.token)], **changes})

    assert set(form.errors) == {name}


@pytest.mark.parametrize("changes", [{"place": "chiang-mai"}, {"standing": "reading"}])
def test_form_offers_only_what_was_read_for_the_place(upload, changes):
    Upload.objects.update(**changes)

    assert set(form_of({"uploads": [str(upload.token)]}).errors) == {"uploads"}


def test_form_says_where_files_come_from_when_none_waits(upload):
    with_one = form_of().fields["uploads"].help_text
    Upload.objects.all().delete()

    assert form_of().fields["uploads"].help_text != with_one


@pytest.mark.parametrize("state", [{"publication": "cities"}, {"withdrawn": True}])
def test_form_describes_neither_what_the_platform_knows_nor_what_is_gone(state):
    dataset = make_version(dataset=make_dataset(publication=state.get("publication", ""))).dataset
    if state.get("withdrawn"):
        dataset.withdrawn_at = dataset.changed_at

    assert list(form_of({"keeps": ["table"]}, record=dataset, place="").errors) == ["__all__"]


def test_save_publishes_a_first_version_and_lets_go_of_the_upload(upload, django_capture_on_commit_callbacks):
    form = form_of({"uploads": [str(upload.token)], "news_en": "The first."})
    assert form.is_valid()
    storage, name = upload.file.storage, upload.file.name

    with django_capture_on_commit_callbacks(execute=True):
        dataset = kind_named(KIND).save(None, form, "khon-kaen")

    version = newest_version(dataset)
    assert (dataset.slug, dataset.place, version.number, version.note_en) == ("schools", "khon-kaen", 1, "The first.")
    assert (dataset.first_year, dataset.keywords_th) == (2017, ["โรงเรียน", "นักเรียน"])
    assert [part.name for part in version.distributions.all()] == ["schools"]
    assert (Upload.objects.exists(), storage.exists(name)) == (False, False)


def test_save_makes_a_version_of_new_words_and_the_same_files():
    dataset = make_version(dataset=make_dataset(place="khon-kaen")).dataset
    kind = kind_named(KIND)
    form = form_of({"title_en": "Renamed"}, record=dataset, values=kind.values_of(dataset))
    assert form.is_valid(), form.errors

    kind.save(dataset, form, "khon-kaen")

    version = newest_version(dataset)
    assert (version.number, version.metadata["title_en"]) == (2, "Renamed")
    assert [part.name for part in version.distributions.all()] == ["table"]


def test_save_puts_a_new_file_in_the_place_of_one_with_the_same_name(upload):
    parts = [make_part(name="schools"), make_part(b"b\n", name="places"), make_part(b"c\n", name="gone")]
    dataset = make_version(dataset=make_dataset(place="khon-kaen"), parts=parts).dataset
    kind = kind_named(KIND)
    changes = {"uploads": [str(upload.token)], "keeps": ["schools", "places"]}
    form = form_of(changes, record=dataset, values=kind.values_of(dataset))
    assert form.is_valid(), form.errors

    kind.save(dataset, form, "khon-kaen")

    found = newest_version(dataset).distributions.select_related("file")
    assert [(part.name, part.file.file.read()) for part in found] == [("places", b"b\n"), ("schools", b"a\n2\n")]


def test_form_of_a_restored_version_leaves_out_files_that_are_gone():
    dataset = make_version(dataset=make_dataset(place="khon-kaen")).dataset
    form = form_of({"keeps": ["long-gone", "table"]}, record=dataset, values=kind_named(KIND).values_of(dataset))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["keeps"] == ["table"]


def test_values_come_back_as_they_were():
    dataset = make_version(dataset=make_dataset(place="khon-kaen", interval=2, is_reference=True)).dataset
    kind = kind_named(KIND)
    values = kind.values_of(dataset)
    form = form_of(record=dataset, values=values)
    assert form.is_valid(), form.errors

    kind.save(dataset, form, "khon-kaen")

    assert kind.values_of(Dataset.objects.get()) == values
    assert newest_version(dataset).number == 1


def test_suggested_fills_in_what_the_platform_knows():
    city = make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")
    authority = make_authority(city=city)
    summary = [{"type": "year", "min": "2019", "max": "2024"}, {"type": "date", "min": "2018-05-01", "max": None}]
    schema = {"fields": [{"name": "year", "type": "year"}, {"name": "pupils", "type": "integer"}]}
    upload = make_upload(place="khon-kaen", name="นักเรียน_ทั้งหมด.csv", found={"summary": summary}, schema=schema)

    said = suggested("khon-kaen", [upload])

    assert (said["title_th"], said["data_type"]) == ("นักเรียน ทั้งหมด", "statistics")
    assert (said["first_year"], said["last_year"]) == ("2018", "2024")
    assert (said["maintainer_th"], said["coverage"], said["category"]) == (authority.name_th, "municipality", "public")
    assert said["uploads"] == [str(upload.token)]


def test_suggested_remembers_what_former_datasets_of_the_place_say():
    make_dataset(place="khon-kaen", maintainer_email="data@kk.example.org", license="CC0-1.0", objectives=["law"])
    make_dataset(place="elsewhere", maintainer_email="other@example.org")

    said = suggested("khon-kaen", [])

    assert (said["maintainer_email"], said["license"], said["objectives"]) == (
        "data@kk.example.org",
        "CC0-1.0",
        ["law"],
    )


def test_new_form_begins_with_what_is_known_and_a_draft_does_not():
    make_dataset(place="khon-kaen", rhythm="month")
    form = kind_named(KIND).form

    assert form(None, place="khon-kaen", initial={"source": "report"}).initial["rhythm"] == "month"
    assert form(None, place="khon-kaen", initial={"title_th": "ก"}).initial == {"title_th": "ก"}


def test_datasets_in_a_place_are_those_that_somebody_brought():
    shown = make_dataset(place="khon-kaen")
    make_dataset(place="khon-kaen", publication="cities")
    make_dataset(place="elsewhere")

    assert list(kind_named(KIND).records_in("khon-kaen")) == [shown]
