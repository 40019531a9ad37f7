import threading

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction

from learningcity.search.actions import Reindexed, forget, index, index_again, rebuild_all, reindex_all, write
from learningcity.search.models import Document, Frequency, Posting, Spelling
from learningcity.search.queries import search
from tests.factories.search import index_entries, make_entry

pytestmark = pytest.mark.django_db


def keys(text: str) -> list[str]:
    return [hit.key for hit in search(text, language="th").hits]


def test_index_makes_a_record_found(only_notes):
    note = only_notes("Mangrove forest")

    index(note)

    assert keys("mangrove") == [str(note.pk)]


def test_index_again_replaces_what_was_known(only_notes):
    note = only_notes("Mangrove forest")
    index(note)
    note.name = "Bamboo grove"
    note.save()

    index(note)

    assert keys("mangrove") == []
    assert keys("bamboo") == [str(note.pk)]
    assert (Document.objects.count(), Posting.objects.count()) == (1, 1)


def test_index_forgets_a_record_that_is_no_longer_public(only_notes):
    note = only_notes("Mangrove forest")
    index(note)
    note.name = "Mangrove secret"
    note.save()

    index(note)

    assert keys("mangrove") == []


def test_index_again_knows_records_by_their_numbers_and_forgets_those_that_are_gone(only_notes):
    kept, gone = only_notes("Mangrove forest"), only_notes("Mangrove grove")
    index(gone)
    numbers = {kept.pk, gone.pk}
    gone.delete()

    index_again(type(kept), numbers)

    assert keys("mangrove") == [str(kept.pk)]


def test_index_of_an_unregistered_record_is_refused(only_notes):
    with pytest.raises(LookupError):
        index(Permission.objects.first())


def test_forget_leaves_nothing_of_the_record():
    index_entries(make_entry(key="a", title_en="Mangrove"), make_entry(key="b", title_en="Bamboo"))

    forget("note", "a")

    assert keys("mangrove") == []
    assert list(Document.objects.values_list("key", flat=True)) == ["b"]
    assert Posting.objects.count() == 1


def test_forget_an_unknown_record_does_nothing():
    forget("note", "nobody")

    assert Document.objects.count() == 0


def test_rolled_back_transaction_leaves_the_index_untouched():
    index_entries(make_entry(key="a", title_en="Mangrove"))

    with transaction.atomic():
        index_entries(make_entry(key="a", title_en="Bamboo"), make_entry(key="b", title_en="Bamboo"))
        transaction.set_rollback(True)

    assert keys("mangrove") == ["a"]
    assert keys("bamboo") == []
    assert not Spelling.objects.filter(word="bamboo").exists()


def test_write_tells_what_it_did():
    write("note", [make_entry(key="a", title_th="ป่า"), make_entry(key="b", body_th="เมืองแห่งการเรียนรู้")])

    done = write(
        "note",
        [
            make_entry(key="a", title_th="ป่าไม้"),
            make_entry(key="b", body_th="เมืองแห่งการเรียนรู้"),
            make_entry(key="c", title_th="ทะเล"),
        ],
    )

    assert done == {"added": 1, "changed": 1, "unchanged": 1}


def test_reindex_all_adds_changes_and_forgets(only_notes):
    changed, gone, _same = only_notes("Mangrove"), only_notes("Bamboo"), only_notes("Lotus")
    reindex_all()
    changed.name = "Mango"
    changed.save()
    gone.delete()
    only_notes("Teak")

    done = reindex_all()

    assert done == Reindexed(added=1, changed=1, unchanged=1, forgotten=1)
    assert [keys(word) for word in ("mangrove", "bamboo")] == [[], []]
    assert keys("mango") == [str(changed.pk)]


def test_reindex_all_forgets_kinds_that_nobody_registers_any_more(only_notes):
    index_entries(make_entry(title_en="Mangrove"), kind="relic")

    assert reindex_all() == Reindexed(forgotten=1)


def test_rebuild_all_indexes_what_has_not_changed_too(only_notes):
    only_notes("Mangrove")
    reindex_all()

    assert rebuild_all() == Reindexed(added=1)


def test_reindex_all_counts_the_documents(only_notes):
    only_notes("Mangrove")
    only_notes("Bamboo")

    reindex_all()

    assert Frequency.objects.get(term=0).counts == [2, 0, 0, 0]


def test_address_that_leaves_the_site_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="search_addresses_are_paths_of_this_site"):
        Document.objects.create(kind="note", key="a", address="https://elsewhere.example")


def test_second_document_of_one_record_is_refused_by_the_database():
    Document.objects.create(kind="note", key="a", address="/a/")

    with pytest.raises(IntegrityError, match="search_one_document_per_record"):
        Document.objects.create(kind="note", key="a", address="/b/")


@pytest.mark.django_db(transaction=True)
def test_two_writers_with_the_same_new_words_do_not_wait_for_each_other():
    """Each one has written its first document when the other writes its second: locks on words would be a circle."""
    middle = threading.Barrier(2, timeout=20)
    problems = []

    def write_both(first: str, second: str, owner: str) -> None:
        try:
            with transaction.atomic():
                write("note", [make_entry(key=f"{owner}1", title_en=first)])
                middle.wait()
                write("note", [make_entry(key=f"{owner}2", title_en=second)])
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    writers = [
        threading.Thread(target=write_both, args=("Mangrove", "Bamboo", "a")),
        threading.Thread(target=write_both, args=("Bamboo", "Mangrove", "b")),
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert problems == []
    assert [sorted(keys(word)) for word in ("mangrove", "bamboo")] == [["a1", "b2"], ["a2", "b1"]]


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_the_same_documents_take_turns():
    start = threading.Barrier(2, timeout=20)
    problems = []

    def write_all(order: list[str], word: str) -> None:
        try:
            start.wait()
            for _ in range(5):
                write("note", [make_entry(key=key, title_en=word) for key in order])
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    order = [str(key) for key in range(20)]
    writers = [
        threading.Thread(target=write_all, args=(order, "Mangrove")),
        threading.Thread(target=write_all, args=(order[::-1], "Bamboo")),
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert problems == []
    assert Document.objects.count() == 20
