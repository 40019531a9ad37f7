"""Engines that stay open behind their locks."""

import threading

import duckdb
import pytest

from learningcity.common.columnar import asking, pool
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.pool import MOST_OPEN, Pool


@pytest.fixture
def tables(tmp_path):
    engine = duckdb.connect()
    paths = [tmp_path / f"{number}.parquet" for number in range(MOST_OPEN + 2)]
    for number, path in enumerate(paths):
        engine.execute(
            "COPY (SELECT ?::INTEGER AS number FROM range(100000)) TO ? (FORMAT parquet)", [number, str(path)]
        )
    return paths


@pytest.fixture
def own():
    """A pool of this test alone."""
    made = Pool()
    yield made
    made.close()


def read(engine, path):
    return engine.execute(f"SELECT max(number) FROM read_parquet('{path}')").fetchone()[0]


def test_an_engine_reads_its_table_and_nothing_else(own, tables):
    with own.lent(tables[0]) as engine:
        assert read(engine, tables[0]) == 0
        for said in (
            f"SELECT * FROM read_parquet('{tables[1]}')",
            "SELECT * FROM read_text('/etc/hostname')",
            "COPY (SELECT 1) TO '/tmp/x.csv'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                engine.execute(said)


def test_the_engine_that_was_asked_longest_ago_makes_room(own, tables):
    for number, path in enumerate(tables):
        with own.lent(path) as engine:
            assert read(engine, path) == number

    assert list(own._kept) == [str(path) for path in tables[-MOST_OPEN:]]


def test_an_engine_that_is_asked_stays_until_its_answer_is_given(own, tables):
    with own.lent(tables[0]) as engine:
        for path in tables[1:]:
            with own.lent(path):
                pass
        assert str(tables[0]) not in own._kept
        assert read(engine, tables[0]) == 0


def test_many_ask_one_engine_at_once(own, tables):
    found = []

    def asks():
        for _ in range(5):
            with own.lent(tables[3]) as engine:
                found.append(read(engine, tables[3]))

    askers = [threading.Thread(target=asks) for _ in range(8)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()

    assert found == [3] * 40


def test_a_question_without_end_is_ended(own, tables):
    endless = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"
    with pytest.raises(TooSlow), own.lent(tables[0], seconds=0.2) as engine:
        engine.execute(endless).fetchall()

    # Whoever asks next is not ended with it.
    with own.lent(tables[0]) as engine:
        assert read(engine, tables[0]) == 0


def test_who_waits_too_long_for_a_turn_is_told_so(own, tables, monkeypatch):
    monkeypatch.setattr(own, "_at_work", threading.BoundedSemaphore(1))
    with own.lent(tables[0]), pytest.raises(TooSlow), own.lent(tables[1], seconds=0.05):
        pass


def test_only_the_first_who_waits_waits_long(own, tables, monkeypatch):
    monkeypatch.setattr(own, "_at_work", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pool, "BEHIND_ANOTHER", 0.05)
    found = []

    def waits():
        with own.lent(tables[0]) as engine:
            found.append(read(engine, tables[0]))

    with own.lent(tables[0]):
        first = threading.Thread(target=waits)
        first.start()
        while not own._waiting:
            pass
        with pytest.raises(TooSlow), own.lent(tables[1]):
            pass
    first.join()

    assert (found, own._waiting) == ([0], 0)


def test_more_than_the_memory_is_too_much(tables, monkeypatch):
    def without_memory(*_given):
        raise duckdb.OutOfMemoryException

    question = asking.Question()
    asking.ask(tables[0], question)
    monkeypatch.setattr(pool.POOL, "lent", without_memory)
    with pytest.raises(TooSlow):
        asking.ask(tables[0], question)
