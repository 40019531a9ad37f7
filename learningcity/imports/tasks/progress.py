"""How far a job is, told outside its transaction, so that people see it move."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connections

from learningcity.imports.models import Import
from learningcity.imports.queries.notices import DONE
from learningcity.notices.actions import notify

# Nobody reads faster, and each telling costs a commit.
PAUSE = 0.5
TELL = "UPDATE imports_progress SET done = least(%s, %s), total = %s WHERE upload_id = %s"


@contextmanager
def told_progress(upload: int) -> Iterator[Callable[[int, int], None]]:
    """Provide a function that tells how many rows are done, and of how many."""
    aside = connections["default"].copy()
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done < total and time.monotonic() - last < PAUSE:
            return
        last = time.monotonic()
        # What cannot be told at once is not worth waiting for.
        with contextlib.suppress(OperationalError), aside.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
            cursor.execute(TELL, [done, total, total, upload])

    try:
        yield tell
    finally:
        aside.close()


def tell_bringer(upload: Import) -> None:
    """Tell whoever brought a file what became of it; they may have gone to do something else."""
    if upload.by:
        notify(upload.by, DONE, upload)
