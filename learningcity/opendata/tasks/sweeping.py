"""Bytes that nothing speaks of: a preview, or somebody who was stopped, left them in the store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.utils import timezone
from procrastinate.contrib.django import app

from learningcity.opendata.models import File

FOLDER = "opendata"
# Whoever stores a file writes its row within this time.
PATIENCE = dt.timedelta(days=1)
SHARE = re.compile("[0-9a-f]{2}")


@app.periodic(cron="3 21 * * *")
@app.task(queueing_lock="opendata.sweep_files", pass_context=False)
def sweep_files(timestamp: int) -> None:
    """Delete stored bytes that no file of any version is, once they are a day old."""
    before = timezone.now() - PATIENCE
    for folder, names in stored():
        known = set(File.objects.filter(sha256__startswith=folder).values_list("file", flat=True))
        for name in names:
            if name not in known and default_storage.get_modified_time(name) < before:
                default_storage.delete(name)


def stored() -> Iterator[tuple[str, list[str]]]:
    """Return what lies in the store, folder by folder; never what waits as an upload."""
    try:
        folders = default_storage.listdir(FOLDER)[0]
    except FileNotFoundError:
        return
    for folder in filter(SHARE.fullmatch, folders):
        yield folder, [f"{FOLDER}/{folder}/{name}" for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]]
