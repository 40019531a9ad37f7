"""What tells whether anything was changed. The database notes it at every statement, so nobody can forget to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.aggregates import BitXor
from django.db import connection

from learningcity.audit.queries import pretended
from learningcity.opendata.models import Change

WORD = re.compile(r"\w+")


def content_version() -> int:
    """Return a number for all that anybody may see: another after every change of it, and not after a sign-in.

    Below zero it stands for what is imagined (audit.queries.imagined).
    """
    if (number := pretended()) is not None:
        return number
    return Change.objects.aggregate(all=BitXor("mark"))["all"] or 0


def marks() -> dict[str, int]:
    """Return what each table that is watched holds, as a number by which the same content is known again."""
    return dict(Change.objects.values_list("relation").annotate(mark=BitXor("mark")))


@contextmanager
def words_asked() -> Iterator[set[str]]:
    """Collect every word of what the database is asked inside, and so the name of every table that is read."""
    words: set[str] = set()

    def listen(execute: Callable[..., Any], sql: str, *asked: Any) -> Any:
        words.update(WORD.findall(sql))
        return execute(sql, *asked)

    with connection.execute_wrapper(listen):
        yield words
