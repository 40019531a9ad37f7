"""Bytes that nothing speaks of do not stay in the store."""

import hashlib
import io
import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from learningcity.opendata.actions import keep_file
from learningcity.opendata.models import File, stored_name
from learningcity.opendata.tasks import sweep_files
from tests.factories.opendata import make_version

pytestmark = pytest.mark.django_db
STRAY = f"opendata/ab/ab{'0' * 62}"


def stray(days):
    name = default_storage.save(STRAY, ContentFile(b"left"))
    then = time.time() - days * 86_400
    os.utime(default_storage.path(name), (then, then))
    return name


def test_sweep_deletes_what_is_no_file_of_any_version_after_a_day():
    make_version()
    kept = File.objects.get()
    then = time.time() - 10 * 86_400
    os.utime(kept.file.path, (then, then))
    name = stray(days=2)

    sweep_files(0)

    assert [default_storage.exists(one) for one in (name, kept.file.name)] == [False, True]


def test_sweep_leaves_what_is_young_and_what_waits_as_an_upload():
    waiting = default_storage.save("opendata/uploads/waiting", ContentFile(b"a"))
    os.utime(default_storage.path(waiting), (0, 0))
    young = stray(days=0.5)

    sweep_files(0)

    assert [default_storage.exists(one) for one in (young, waiting)] == [True, True]


def test_sweep_finds_nothing_where_nothing_was_ever_stored():
    sweep_files(0)

    assert not default_storage.exists("opendata")


def test_keep_file_writes_anew_what_was_written_in_part():
    sha256 = hashlib.sha256(b"whole").hexdigest()
    default_storage.save(stored_name(File(sha256=sha256), ""), ContentFile(b"wh"))

    assert keep_file(io.BytesIO(b"whole"), "text/csv").file.read() == b"whole"
