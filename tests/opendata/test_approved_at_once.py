"""Several people who decide on one dataset in the same instant, each on a connection of their own."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection

from learningcity.audit.actions import TransitionNotAllowed
from learningcity.cities.models import Role
from learningcity.common.columnar.intake import examine
from learningcity.moderation.actions import Overtaken, approve, begin, save_draft, submit
from learningcity.moderation.models import Revision
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Dataset, Upload, Version
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_upload
from tests.opendata.test_kind_of_datasets import SAID

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "khon-kaen"
ROWS = "โรงเรียน,นักเรียน\nบ้านไผ่,120\nโนนทัน,80\n"


def at_once(*steps):
    """Take all steps in the same moment, and return what became of each."""
    start = Barrier(len(steps))

    def run(step):
        start.wait()
        try:
            return type(step())
        except (TransitionNotAllowed, Overtaken, PermissionDenied, ValidationError) as problem:
            return type(problem)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


@pytest.fixture
def city():
    return make_city(slug=PLACE)


@pytest.fixture
def people(city):
    """An editor and two approvers."""
    return [make_role(city=city, kind=kind).user for kind in ("editor", "approver", "approver")]


def brought(folder, by):
    """Return a file that was brought and read for real."""
    path = folder / "schools.csv"
    path.write_text(ROWS, encoding="utf-8")
    found = examine(path, path.name, folder=folder / "made")
    return make_upload(
        place=PLACE, name=path.name, standing="ready", format="csv", by=by, row_count=found.row_count, schema=found.schema,
        found=found.as_json(), file=ContentFile(path.read_bytes(), path.name),
        table=ContentFile(found.table.read_bytes(), "table"),
    )  # fmt: skip


def handed_in(upload, by, key=""):
    draft = begin(("dataset", PLACE, key), uuid.uuid4(), by=by)
    values = {"uploads": [str(upload.token)]} | ({} if key else SAID)
    return submit(save_draft(draft, values, draft.version, by=by).proposal, by=by)


def test_two_who_approve_a_dataset_at_once_publish_it_once(tmp_path, people):
    editor, *approvers = people
    waiting = handed_in(brought(tmp_path, editor), editor)

    answers = at_once(*(lambda by=one: approve(waiting, by=by) for one in approvers))

    assert answers.count(TransitionNotAllowed) == 1
    assert (Dataset.objects.count(), Version.objects.count(), Revision.objects.count()) == (1, 1, 1)
    assert not Upload.objects.exists()


def test_two_proposals_that_name_one_file_publish_it_once(tmp_path, people, city):
    editor, *approvers = people
    upload = brought(tmp_path, editor)
    waiting = [handed_in(upload, by) for by in (editor, make_role(city=city).user)]

    answers = at_once(*(lambda by=one, it=it: approve(it, by=by) for one, it in zip(approvers, waiting, strict=True)))

    assert len([one for one in answers if issubclass(one, (Overtaken, ValidationError))]) == 1
    assert (Dataset.objects.count(), Version.objects.count()) == (1, 1)


def test_dataset_that_is_approved_and_withdrawn_at_once_is_withdrawn(tmp_path, people):
    editor, one, other = people
    approve(handed_in(brought(tmp_path, editor), editor), by=one)
    dataset = Dataset.objects.get()
    again = handed_in(brought(tmp_path, editor), editor, str(dataset.pk))

    at_once(lambda: approve(again, by=one), lambda: withdraw_dataset(dataset, "นับผิด", "Counted wrongly.", by=other))

    assert Dataset.objects.get().is_withdrawn


def test_dataset_that_goes_while_it_is_looked_at_is_overtaken(tmp_path, people, monkeypatch):
    editor, one, other = people
    approve(handed_in(brought(tmp_path, editor), editor), by=one)
    again = handed_in(brought(tmp_path, editor), editor, str(Dataset.objects.get().pk))
    # As if somebody withdrew it as soon as everything was found to be in order.
    monkeypatch.setattr(
        "learningcity.moderation.actions.publishing.check",
        lambda _proposal: withdraw_dataset(Dataset.objects.get(), "นับผิด", "Counted wrongly.", by=other),
    )

    with pytest.raises(Overtaken):
        approve(again, by=one)


def test_role_that_ended_publishes_nothing(tmp_path, people):
    editor, approver, _other = people
    waiting = handed_in(brought(tmp_path, editor), editor)
    Role.objects.filter(user=approver).update(ends_on="2024-12-31")

    with pytest.raises(PermissionDenied):
        approve(waiting, by=approver)
    assert not Dataset.objects.exists()
