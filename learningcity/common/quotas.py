"""How many files are taken in for one place: more than anybody brings, and less than a disk holds.

Spreadsheets and pictures have at most 20 MB, so that the count of a day says how much it is at most. Files of data are large,
and wait until they are published: of them all that wait for a place have a bound.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

TABLES_A_DAY = 100
PICTURES_A_DAY = 300
DATA_WAITING, BYTES_WAITING = 200, 20_000_000_000


def day_began() -> dt.datetime:
    """Return when this day began, in the time of the site."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def refuse_past(most: int, brought: int, field: str) -> None:
    """Do nothing, if one more file can be taken in after those that were brought today.

    :raises ValidationError: if not, at the field of the file.
    """
    if brought >= most:
        words = _(
            "%(most)s files were brought for this place today, and no more are taken in on one day. Go on tomorrow."
        )
        raise ValidationError({field: ValidationError(words, code="quota", params={"most": most})})
