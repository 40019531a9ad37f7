"""What was loaded before, row by row: so that a load brings what is new in a file and undoes nothing done on the site."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from learningcity.common.loading import Row
from learningcity.sources.models import LoadedRow


@dataclass
class Shelf:
    """What is remembered of one file."""

    by_name: dict[str, LoadedRow] = field(default_factory=dict)
    by_digest: dict[str, LoadedRow] = field(default_factory=dict)

    def put(self, row: LoadedRow) -> None:
        self.by_name[row.name] = self.by_digest[row.digest] = row


class Memory:
    """What is remembered of all files, read at once."""

    def __init__(self) -> None:
        self.shelves: dict[str, Shelf] = defaultdict(Shelf)
        for row in LoadedRow.objects.all():
            self.shelves[row.file].put(row)
        # Whatever such a database holds came from files, or went into it before anything could be changed on the site.
        self.is_empty = not self.shelves

    def keep(self, file: str, taken: Iterable[tuple[str, Row, models.Model]], columns: Iterable[str]) -> None:
        """Remember rows with the records that they became."""
        columns = sorted(columns)
        LoadedRow.objects.bulk_create(
            [
                LoadedRow(
                    file=file, name=name, digest=digest_of(row), said=said_by(record, columns), key=str(record.pk)
                )
                for name, row, record in taken
            ],
            update_conflicts=True,
            unique_fields=["file", "name"],
            update_fields=["digest", "said", "key"],
        )


def digest_of(row: Row) -> str:
    """Return what stands for the text of a row."""
    return _digest(row.cells)


def said_by(record: models.Model, columns: Iterable[str]) -> str:
    """Return what stands for all that a record says in these columns."""
    values = {name: getattr(record, record._meta.get_field(name).attname) for name in columns}  # type: ignore[union-attr]
    return _digest({name: _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    # The database gives a number back with more zeros than it was given.
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _digest(said: Any) -> str:
    written = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
