import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learningcity.audit.actions import write
from learningcity.audit.queries import newest_hash
from learningcity.audit.tasks import verify_daily
from tests.audit.test_queries import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_at():
    entries = [write("test", "x:1", by=None) for _ in range(3)]
    tamper(f"UPDATE audit_entry SET action = 'other' WHERE id = {entries[1].pk}")
    return entries[1].pk


def test_verify_audit_prints_the_hash_to_note_elsewhere():
    write("test", "x:1", by=None)
    said = StringIO()

    call_command("verify_audit", stdout=said)

    assert said.getvalue() == f"The chain holds: 1 entries.\nNewest hash: {newest_hash()}\n"


def test_verify_audit_names_the_broken_entry_and_ends_with_1(broken_at):
    with pytest.raises(CommandError) as problem:
        call_command("verify_audit")

    assert str(problem.value) == f"The chain is broken at entry {broken_at}, after 1 good ones."
    assert problem.value.returncode == 1


def test_verify_daily_cries_out_when_the_chain_is_broken(broken_at, caplog):
    verify_daily(timestamp=0)

    assert [record.levelno for record in caplog.records if record.name == "learningcity.audit.tasks"] == [
        logging.CRITICAL
    ]


def test_verify_daily_is_calm_when_the_chain_holds(caplog):
    caplog.set_level(logging.INFO)

    verify_daily(timestamp=0)

    assert [record.levelno for record in caplog.records if record.name == "learningcity.audit.tasks"] == [logging.INFO]
