import pytest
from django.db import connection

from learningcity.audit.actions import write
from learningcity.audit.models import Entry
from learningcity.audit.queries import GENESIS, Verdict, head, history, newest_hash, verify_chain
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def tamper(sql):
    """Change entries behind the back of the trigger, as only the owner of the table can."""
    with connection.cursor() as cursor:
        # The checks of foreign keys wait for the end of the transaction, and the table for them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entries_are_written_once")
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entries_are_written_once")


@pytest.fixture
def three_entries():
    user = make_user()
    return [write("test", user, by=user, number=number) for number in range(3)]


def test_chain_that_is_empty_holds():
    assert verify_chain() == Verdict(entries=0)
    assert (head(), newest_hash()) == (0, GENESIS)


def test_chain_holds_when_nobody_touched_it(three_entries):
    assert verify_chain() == Verdict(entries=3)
    assert (head(), newest_hash()) == (three_entries[2].pk, three_entries[2].hash)


@pytest.mark.parametrize(
    "change", ["action = 'other'", "detail = '{}'", "actor_id = NULL", "at = now()", "record = 'x:1'", "after = 'x'"]
)
def test_chain_shows_a_changed_entry(three_entries, change):
    tamper(f"UPDATE audit_entry SET {change} WHERE id = {three_entries[1].pk}")

    assert verify_chain() == Verdict(entries=1, broken_at=three_entries[1].pk)


def test_chain_shows_a_missing_entry(three_entries):
    tamper(f"DELETE FROM audit_entry WHERE id = {three_entries[1].pk}")

    assert verify_chain() == Verdict(entries=1, broken_at=three_entries[2].pk)


def test_chain_shows_an_entry_with_a_hash_of_its_own(three_entries):
    Entry.objects.create(
        action="slipped in", record="x:1", at=three_entries[0].at, previous_hash="1" * 64, hash="2" * 64
    )

    assert verify_chain().broken_at == Entry.objects.latest("pk").pk


def test_history_of_a_record_is_its_own_and_newest_first(three_entries):
    write("test", "other:1", by=None)
    user = three_entries[0].actor

    assert [entry.detail["number"] for entry in history(user)] == [2, 1, 0]
