import threading

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from learningcity.audit.actions import TransitionNotAllowed, move, write
from learningcity.audit.models import Entry
from learningcity.audit.queries import verify_chain
from tests.factories.accounts import make_user

APP_ROLE = "learningcity_app"


@pytest.fixture
def as_the_site(db):
    """Act as the role under which the site connects, which owns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def test_write_keeps_what_was_said(db):
    user = make_user()

    entry = write("test", user, by=user, before="draft", after="public", reason="why not")

    entry.refresh_from_db()
    assert (entry.before, entry.after, entry.detail) == ("draft", "public", {"reason": "why not"})


def test_write_is_undone_with_what_it_speaks_of(db):
    with transaction.atomic():
        write("test", "x:1", by=None)
        transaction.set_rollback(True)

    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_write_of_many_at_once_leaves_the_chain_whole():
    start = threading.Barrier(4)

    def work():
        start.wait()
        for _ in range(10):
            write("test", "x:1", by=None)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Entry.objects.count() == 40
    assert verify_chain().broken_at is None


def test_site_may_write_entries_and_read_them(as_the_site):
    write("test", "x:1", by=None)

    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET action = 'other'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "INSERT INTO audit_entry (id) VALUES (9223372036854775807)",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entries_are_written_once",
        "DROP TRIGGER audit_entries_are_written_once ON audit_entry",
    ],
)
def test_site_may_not_touch_what_is_written(as_the_site, sql):
    write("test", "x:1", by=None)

    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        as_the_site.execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET action = 'other'", "DELETE FROM audit_entry"])
def test_owner_is_refused_by_the_trigger(db, sql):
    write("test", "x:1", by=None)

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def door(db):
    """A record that can be open or closed; the apps with states of their own stand on higher floors."""
    with isolate_apps("learningcity.audit"):

        class Door(models.Model):  # noqa: DJ008 -- nobody reads it
            state = models.CharField(max_length=10)

            class Meta:
                app_label = "audit"

    with connection.schema_editor() as editor:
        editor.create_model(Door)
    return Door.objects.create(state="closed")


STEPS = {"closed": {"open"}, "open": set()}


def test_move_changes_the_state_and_writes_one_entry(door):
    user = make_user()

    move(door, to="open", steps=STEPS, by=user)

    door.refresh_from_db()
    assert door.state == "open"
    assert Entry.objects.values_list("action", "record", "before", "after", "actor").get() == (
        "move",
        f"audit.Door:{door.pk}",
        "closed",
        "open",
        user.pk,
    )


def test_move_twice_is_refused_even_with_a_stale_record(door):
    user = make_user()
    stale = type(door).objects.get(pk=door.pk)
    move(door, to="open", steps=STEPS, by=user)

    with pytest.raises(TransitionNotAllowed):
        move(stale, to="open", steps=STEPS, by=user)

    assert Entry.objects.count() == 1
