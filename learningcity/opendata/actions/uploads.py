"""Files that people bring: received, looked at in the background, and published or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.files import File as DjangoFile

from learningcity.accounts.models import User
from learningcity.common.columnar.found import Choices
from learningcity.opendata.actions.versions import Part
from learningcity.opendata.models import Dataset, Upload, Version


def receive_upload(file: DjangoFile[bytes], name: str, place: str, *, by: User) -> Upload:
    """Take in a file for a place, and have it examined in the background in the language that is spoken now.

    What was found stands in the upload when its standing is ``ready``: ``format``, ``schema``, ``row_count``,
    ``problems`` (say them with quality.in_words) and ``found`` (Found.as_json, with ``choices``); ``refusal`` says why
    it is ``refused``. ``progress`` goes from 0 to 100 meanwhile.

    :raises PermissionDenied: if this person may not bring files to the place.
    :raises Refused: if it is larger than LARGEST_UPLOAD, empty, or of no kind that we take.
    """
    raise NotImplementedError


def read_again(upload: Upload, choices: Choices, *, by: User) -> Upload:
    """Have a file examined once more as the person chose: another sheet, dates of the Buddhist calendar as dates.

    :raises PermissionDenied: if this person may not bring files to the place.
    """
    raise NotImplementedError


def describe_columns(upload: Upload, said: Mapping[str, Mapping[str, str]], *, by: User) -> Upload:
    """Write what the columns are called: name of column -> title_th, title_en, description_th, description_en, unit.

    :raises PermissionDenied: if this person may not bring files to the place.
    """
    raise NotImplementedError


def drop_upload(upload: Upload, *, by: User) -> None:
    """Delete a file that was brought, and what was made of it; what is published of it stays published.

    :raises PermissionDenied: if this person may not bring files to the place.
    """
    raise NotImplementedError


def publish_uploads(
    dataset: Dataset, uploads: Sequence[Upload], *, by: User, note: Mapping[str, str] | None = None
) -> Version:
    """Publish files that were examined as the next version of a dataset, in this order; they are gone as uploads.

    ``note`` may hold ``th`` and ``en``.

    :raises PermissionDenied: if this person may not publish for the place of the dataset (opendata.publish), or may
        not see one of the uploads.
    :raises ValidationError: if there is none, one is not ready, or belongs to another place.
    """
    raise NotImplementedError


def parts_of(uploads: Sequence[Upload]) -> list[Part]:
    """Keep the files of examined uploads for ever and return them as parts for add_version, under names of their own.

    Whoever calls has seen to the permission.
    """
    raise NotImplementedError
