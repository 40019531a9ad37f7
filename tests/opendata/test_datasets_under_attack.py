"""What several people may do to one dataset in one moment, and whose hands are in what is approved."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from learningcity.cities.models import City
from learningcity.moderation.actions import approve, begin, save_draft, submit
from learningcity.moderation.registry import kind_named
from learningcity.opendata.actions import describe_columns, drop_upload
from learningcity.opendata.kinds import datasets as kinds
from learningcity.opendata.models import Dataset, Upload
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_dataset, make_part, make_upload, make_version
from tests.opendata.test_kind_of_datasets import SAID

pytestmark = pytest.mark.django_db
PLACE = "khon-kaen"


@pytest.fixture(autouse=True)
def _parts(monkeypatch):
    monkeypatch.setattr(
        kinds, "parts_of", lambda uploads: [make_part(one.file.read(), name="schools") for one in uploads]
    )


@pytest.fixture
def city():
    return make_city(slug=PLACE)


def officer(city: City, kind="editor"):
    return make_role(city=city, kind=kind).user


def brought(by=None):
    file = ContentFile(b"a\n2\n", "schools.csv")
    return make_upload(place=PLACE, name="schools.csv", standing="ready", format="csv", file=file, by=by)


def handed_in(upload, by):
    draft = begin(("dataset", PLACE, ""), uuid.uuid4(), by=by)
    said = save_draft(draft, {**SAID, "uploads": [str(upload.token)]}, draft.version, by=by)
    return submit(said.proposal, by=by)


def test_whoever_brought_a_file_does_not_approve_it(city):
    bringer, other = officer(city, "approver"), officer(city, "approver")
    proposal = handed_in(brought(bringer), officer(city))

    with pytest.raises(PermissionDenied):
        approve(proposal, by=bringer)

    assert not bringer.has_perm("moderation.send_back", proposal)
    assert approve(proposal, by=other).state == "published"


def test_whoever_said_what_columns_mean_does_not_approve_them(city):
    describer, upload = officer(city, "approver"), brought(officer(city))
    describe_columns(upload, {"a": {"title_en": "Another meaning"}}, by=describer)
    proposal = handed_in(upload, officer(city))

    with pytest.raises(PermissionDenied):
        approve(proposal, by=describer)


def test_file_that_was_deleted_meanwhile_is_not_approved(city):
    bringer, approver = officer(city), officer(city, "approver")
    upload = brought(bringer)
    proposal = handed_in(upload, bringer)
    drop_upload(upload, by=bringer)

    with pytest.raises(ValidationError):
        approve(proposal, by=approver)

    assert not Dataset.objects.exists()


@pytest.mark.parametrize("change", [{"standing": "reading"}, {"place": "elsewhere"}])
def test_file_that_changes_between_the_look_and_the_deed_is_not_published(change):
    upload = brought()
    form = kind_named("dataset").form({**SAID, "uploads": [str(upload.token)]}, place=PLACE, record=None)
    assert form.is_valid(), form.errors
    Upload.objects.update(**change)

    with pytest.raises(ValidationError):
        kind_named("dataset").save(None, form, PLACE)

    assert not Dataset.objects.exists()


def test_dataset_that_is_withdrawn_between_the_look_and_the_deed_stays_withdrawn():
    dataset, kind = make_version(dataset=make_dataset(place=PLACE)).dataset, kind_named("dataset")
    form = kind.form({**kind.values_of(dataset), "title_en": "Back again"}, place=PLACE, record=dataset)
    assert form.is_valid(), form.errors
    Dataset.objects.update(withdrawn_at=timezone.now(), reason_en="It named people.")

    with pytest.raises(ValidationError):
        kind.save(dataset, form, PLACE)

    assert Dataset.objects.get().is_withdrawn


def test_draft_may_name_files_by_anything():
    assert kind_named("dataset").hands_in({"uploads": ["x", "", "9" * 500, "\x00"]}) == set()
