"""Files that never change, and versions made of them."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from learningcity.audit.models import Entry as Audit
from learningcity.opendata.actions import add_version, keep_file, withdraw_dataset
from learningcity.opendata.models import Dataset, Distribution, File, Version
from learningcity.opendata.queries import catalog, entries, entry_at, entry_of, withdrawn
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import make_dataset, make_part, make_version

pytestmark = pytest.mark.django_db
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_keep_file_knows_bytes_by_their_sha256_and_stores_them_once():
    first = keep_file(io.BytesIO(b""), "text/csv")
    again = keep_file(io.BytesIO(b""), "text/csv")

    assert first == again
    assert (first.sha256, first.file.read()) == (EMPTY, b"")


def test_add_version_numbers_versions_and_writes_one_entry():
    dataset = make_dataset()
    first = make_version(dataset=dataset)
    second = make_version(dataset=dataset, parts=[make_part(b"a\n2\n")])

    assert [first.number, second.number] == [1, 2]
    assert Audit.objects.filter(action="publish version").count() == 2


def test_add_version_makes_none_where_nothing_changed():
    first = make_version()
    again = add_version(first.dataset, [make_part()], by=None)

    assert again == first


@pytest.mark.parametrize("model", [File, Version, Distribution])
def test_what_was_published_cannot_be_changed_or_deleted(model):
    record = make_version() and model.objects.get()

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        record.save(force_update=True)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_an_old_version_keeps_its_own_words_and_files():
    first = make_version(dataset=make_dataset(title_en="Pupils of 2024"))
    dataset = first.dataset
    dataset.title_en = "Pupils of 2025"
    make_version(dataset=dataset, parts=[make_part(b"a\n2\n")])

    assert entry_at(first).dataset.title_en == "Pupils of 2024"
    assert entry_at(first).offers[0].path == f"/data/{dataset.slug}/1/table.csv"
    assert entry_of(dataset).offers[0].path == f"/data/{dataset.slug}/2/table.csv"


def test_the_catalog_shows_public_data_only():
    shown = make_dataset()
    make_dataset(category="personal")

    assert [entry.dataset for entry in entries(catalog())] == [shown]


def test_withdraw_leaves_a_tombstone():
    city, approver = make_city(), make_user()
    make_role(user=approver, kind="approver", city=city)
    dataset = make_dataset(place=city.slug)
    withdraw_dataset(dataset, "นับผิด", "Counted wrongly.", by=approver)

    assert not catalog().exists()
    assert str(withdrawn().get().reason.en) == "Counted wrongly."


def test_withdraw_stranger_may_not():
    dataset = make_dataset(place=make_city().slug)
    strangers = [make_user(), make_user(), make_user()]
    make_role(user=strangers[1], kind="approver", city=make_city())
    make_role(user=strangers[2], kind="editor", city=make_city())

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            withdraw_dataset(dataset, "", "Gone.", by=stranger)
    assert Dataset.objects.get().withdrawn_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_entries_cost_the_same_however_many(count, django_assert_num_queries):
    for _number in range(count):
        make_version()

    with django_assert_num_queries(4):
        assert len(list(entries(catalog()))) == count
