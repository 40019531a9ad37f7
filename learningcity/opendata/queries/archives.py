"""The archive of all that is public: made once for each state of it, and then sent as it lies."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings

from learningcity.common.columnar.writing import EDITION
from learningcity.common.zipping import zipped
from learningcity.opendata.queries.files import Ready
from learningcity.opendata.queries.packages import Package, files_of
from learningcity.opendata.queries.shelf import alone, is_kept, make_room

ZIP = "application/zip"


def archive_of(package: Package) -> Ready:
    """Return a package as an archive on this machine; who comes second does not wait until it is compressed again."""
    mark = mark_of(package)
    path = settings.TABLE_SHELF / "made" / mark[:2] / f"{mark}.zip"
    if not is_kept(path):
        with alone(path.parent):
            if not is_kept(path):
                _write(package, path)
                make_room(path)
    return Ready(path, mark, ZIP, None)


def mark_of(package: Package) -> str:
    """Return a name for what is in a package: another as soon as one of its files or what is said of it is another."""
    # When it was put together makes no other package of it.
    said = {name: value for name, value in package.descriptor.items() if name != "created"}
    files = [[item.descriptor, item.ready().mark] for item in package.items]
    return hashlib.sha256(json.dumps([EDITION, said, files], ensure_ascii=False).encode()).hexdigest()


def _write(package: Package, path: Path) -> None:
    """Write an archive beside its place and move it there, so that nobody finds half of one."""
    fresh = path.with_suffix(".making")
    with fresh.open("wb") as file:
        for piece in zipped(files_of(package)):
            file.write(piece)
    fresh.replace(path)
