"""One table at an address: a list of one record, whose words are those of the origin."""

from __future__ import annotations

from typing import Any

from learningcity.harvest.models import LONGEST_ID
from learningcity.harvest.tasks.listing import Asking, Page
from learningcity.harvest.tasks.marks import marks_of
from learningcity.harvest.tasks.remote import Remote, RemoteFile, by_language, text_of
from learningcity.opendata.enums import DataType


def page(asking: Asking, cursor: dict[str, Any]) -> Page:
    """Return the one record; whether it changed shows when its file is fetched."""
    title = text_of(asking.title)
    record = Remote(
        id=asking.address[:LONGEST_ID],
        **by_language("title", title),
        license=asking.license,
        data_type=DataType.RECORDS.value,
        landing_page=asking.address,
        marks=marks_of([asking.address]),
        files=(RemoteFile(asking.address, title),),
    )
    return Page(records=[record])
