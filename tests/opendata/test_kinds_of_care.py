"""What happens to a dataset after it is published: its columns are explained, and what was withdrawn comes back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from learningcity.moderation import actions as moderation, queries
from learningcity.moderation.registry import kind_named
from learningcity.opendata.actions import withdraw_dataset
from learningcity.opendata.models import Distribution, Version
from tests.factories.cities import make_city, make_role
from tests.factories.moderation import make_proposal
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.factories.tables import make_table_part

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def dataset():
    make_city(slug="khon-kaen")
    found = make_dataset(place="khon-kaen", slug="schools", allow_harvest=True)
    make_version(dataset=found, parts=[make_table_part(), make_part(name="report", format="pdf")])
    return found


def officer(kind):
    from learningcity.cities.models import City

    return make_role(kind=kind, city=City.objects.get(slug="khon-kaen")).user


def proposed(kind, dataset, values):
    editor = officer("editor")
    proposal = make_proposal(kind=kind, place="khon-kaen", key=str(dataset.pk), author=editor, values=values)
    proposal.base = queries.live_values(kind_named(kind), dataset)
    proposal.save()
    moderation.submit(proposal, by=proposal.keeper)
    return proposal


def boxes(dataset):
    return kind_named("columns").values_of(dataset)


def test_columns_are_explained_in_a_new_version_of_the_same_bytes(client, dataset):
    first = dataset.versions.get()
    name = next(name for name in boxes(dataset) if name.endswith("__meaning_th")).removesuffix("_th")
    unit = name.replace("__meaning", "__unit")
    proposal = proposed("columns", dataset, {f"{name}_th": "ที่ลงทะเบียน", f"{name}_en": " Those  enrolled ", unit: "คน"})
    before = Version.objects.count()
    moderation.approve(proposal, by=officer("approver"))

    newest = dataset.versions.latest("number")
    parts = [list(each.distributions.values_list("name", "file", "table", "row_count")) for each in (first, newest)]
    field = newest.distributions.first().schema["fields"][0]
    assert (before, newest.number, parts[0] == parts[1]) == (1, 2, True)
    assert (field["description_th"], field["description_en"], field["unit"]) == ("ที่ลงทะเบียน", "Those enrolled", "คน")
    assert "unit" not in first.distributions.first().schema["fields"][0]
    assert (newest.metadata, newest.note_en) == (
        first.metadata,
        "The columns are better explained; the data are the same.",
    )
    page = client.get("/en/data/schools/1..2/").content.decode()
    assert ("Those enrolled" in page, ": unit" in page) == (True, True)
    # What says nothing new is no new version.
    kind = kind_named("columns")
    form = kind.form(boxes(dataset), place="khon-kaen", record=dataset)
    assert (form.is_valid(), kind.save(dataset, form, "khon-kaen").versions.count()) == (True, 2)


def test_title_of_a_column_cannot_be_taken_away(dataset):
    values = dict.fromkeys(boxes(dataset), "")
    form = kind_named("columns").form(values, place="khon-kaen", record=dataset)

    assert set(form.errors) == {name for name in values if name.endswith("__title_th")}


def test_column_that_came_meanwhile_stays_as_it_is(dataset):
    kind = kind_named("columns")
    form = kind.form(boxes(dataset), place="khon-kaen", record=dataset)
    assert form.is_valid()
    part = make_table_part(name="other")
    make_version(dataset=dataset, parts=[part])
    kind.save(dataset, form, "khon-kaen")

    assert Distribution.objects.latest("pk").schema == part.schema


@pytest.mark.parametrize("kind", ["columns", "return"])
def test_stranger_and_author_publish_nothing(dataset, kind):
    approver = officer("approver")
    if kind == "return":
        withdraw_dataset(dataset, "", "Wrong.", by=approver)
        values = {"news_en": "Right after all."}
    else:
        values = {next(name for name in boxes(dataset) if name.endswith("__unit")): "x"}
    proposal = proposed(kind, dataset, values)

    for person in (make_role(kind="approver", city=make_city()).user, proposal.keeper):
        with pytest.raises(PermissionDenied):
            moderation.approve(proposal, by=person)
    assert Version.objects.count() == 1


def test_withdrawn_dataset_comes_back_as_it_was_and_says_so(dataset):
    approver = officer("approver")
    withdraw_dataset(dataset, "", "Wrong.", by=approver)
    dataset.refresh_from_db()
    held = [list(kind_named(kind).records_in("khon-kaen")) for kind in ("return", "dataset", "columns")]
    moderation.approve(proposed("return", dataset, {"news_en": "Compared with the original."}), by=approver)
    dataset.refresh_from_db()

    newest = dataset.versions.latest("number")
    assert held == [[dataset], [], []]
    assert (dataset.is_withdrawn, dataset.reason_en, dataset.allow_harvest) == (False, "", True)
    assert (newest.number, newest.note_en, newest.distributions.count()) == (2, "Compared with the original.", 2)
    assert list(kind_named("return").records_in("khon-kaen")) == []
    assert queries.record_or_none(kind_named("return"), str(dataset.pk)) is None
