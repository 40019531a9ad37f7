"""What kind of file it is, by what is in it; its name says only what the person expects."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from learningcity.common.columnar.limits import LARGEST_UPLOAD
from learningcity.common.columnar.refusals import Refused
from learningcity.common.sheets.guards import Unreadable, kind_of as kind_of_sheet

START = 4_096
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
BLANK = b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"
# What people call a file of rows and cells, whatever its first letter is.
NAMES_OF_TEXTS = {".csv", ".tsv", ".txt", ".tab"}


def kind_of(file: IO[bytes], name: str) -> str:
    """Return what a file is: csv, xlsx, json (also GeoJSON), parquet or pdf.

    :raises Refused: if it is none of them, too large, or harmful.
    """
    size = file.seek(0, 2)
    if size > LARGEST_UPLOAD:
        raise Refused(too_large())
    file.seek(0)
    start = file.read(START)
    file.seek(max(0, size - 4))
    end = file.read()
    if not start.strip(BLANK):
        raise Refused(_("The file is empty."))
    suffix = PurePath(name).suffix.lower()
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return kind_of_archive(file)
    if start.startswith(b"PAR1"):
        if end != b"PAR1":
            raise Refused(_("The file breaks off in the middle. Upload it again."))
        return "parquet"
    if start.lstrip(BLANK).startswith(b"%PDF-"):
        if suffix != ".pdf":
            raise Refused(_("This is a PDF, whatever its name says. Save the table itself as .xlsx or .csv."))
        return "pdf"
    refuse_no_text(start)
    first = start.lstrip(BLANK)[:1]
    return "json" if first in (b"{", b"[") and suffix not in NAMES_OF_TEXTS else "csv"


def kind_of_archive(file: IO[bytes]) -> str:
    """Return that it is a workbook.

    :raises Refused: if it is another archive, or a bomb.
    """
    try:
        return kind_of_sheet(file)
    except Unreadable as problem:
        raise Refused(str(problem)) from problem
    except (zipfile.BadZipFile, OSError, RuntimeError) as problem:
        raise Refused(
            _("The file is damaged and cannot be opened. Open it in your spreadsheet program and save it again.")
        ) from problem


def refuse_no_text(start: bytes) -> None:
    """Do nothing for what may be plain text.

    :raises Refused: for a picture, an archive, a web page.
    """
    if start.startswith(PICTURES):
        raise Refused(_("This is a picture. Save the table itself as .xlsx or .csv."))
    if start.startswith(PACKED):
        raise Refused(_("This is a packed file. Unpack it and upload the table that is in it."))
    if start.lstrip(BLANK).startswith(b"<"):
        raise Refused(_("This is a web page or an XML file. Save the table itself as .xlsx or .csv."))


def too_large() -> str:
    """Return the words for a file beyond the limit."""
    return _("The file is larger than %(size)s MB. Split the table into several files.") % {
        "size": f"{LARGEST_UPLOAD // 1_000_000:,}"
    }
