"""Archives of a dataset and of all that is public: made once for each state of it, and then sent as they lie."""

from __future__ import annotations

from learningcity.common.zipping import zipped
from learningcity.opendata.queries.files import Ready, mark_of
from learningcity.opendata.queries.packages import Package, files_of
from learningcity.opendata.queries.shelf import made, write

ZIP = "application/zip"


def archive_of(package: Package) -> Ready:
    """Return a package as an archive on this machine; who comes second does not wait until it is compressed again."""
    # When it was put together makes no other package of it.
    said = {name: value for name, value in package.descriptor.items() if name != "created"}
    mark = mark_of([said, [[item.descriptor, item.ready().mark] for item in package.items]])
    return Ready(made(mark, "zip", lambda path: write(zipped(files_of(package)), path)), mark, ZIP, None)
