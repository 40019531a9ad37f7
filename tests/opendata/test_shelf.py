"""Files that can be made again go when room is needed, those that nobody asked for first."""

import os
import time

import pytest

from learningcity.opendata.queries import shelf


@pytest.fixture
def made(settings):
    """Make files of ten bytes, the first asked for longest ago."""
    begun = time.time() - 1_000
    paths = [
        settings.TABLE_SHELF / name for name in ("made/aa/1.csv", "fetched/ab/2", "made/bb/3.json", "made/bb/4.csv")
    ]
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"0123456789")
        os.utime(path, (begun + number, begun + number))
    return paths


def test_make_room_lets_go_of_what_nobody_asked_for_longest(made, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_BYTES", 30)
    assert shelf.is_kept(made[0])
    shelf.make_room(made[3])

    assert [path.exists() for path in made] == [True, False, True, True]


def test_make_room_never_lets_go_of_what_was_just_made(made, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_BYTES", 1)
    shelf.make_room(made[0])

    assert [path.exists() for path in made] == [True, False, False, False]


def test_make_room_clears_away_what_was_never_finished(made, settings):
    left, fresh = (settings.TABLE_SHELF / "made" / "aa" / f"making-{name}" for name in ("old", "new"))
    for folder in (left, fresh):
        folder.mkdir()
    os.utime(left, (0, 0))
    shelf.make_room(made[0])

    assert (left.exists(), fresh.exists()) == (False, True)


def test_is_kept_knows_what_is_not_there(tmp_path):
    assert not shelf.is_kept(tmp_path / "nothing")


def test_alone_makes_the_folder(tmp_path):
    with shelf.alone(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()
