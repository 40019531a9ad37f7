"""What a file is, found out before anything opens it: its name says nothing, and a small file may hide a large one."""

from __future__ import annotations

import zipfile
from typing import IO

from django.utils.translation import gettext as _

LARGEST_FILE = 20_000_000
# A hundred thousand rows of text come to about half of this.
LARGEST_CONTENT = 250_000_000
MOST_PARTS = 2_000
# Twenty to one is usual, sixty the most that a table of equal rows reaches; a bomb has a thousand.
STEEPEST = 150
# A small part may be squeezed as it likes.
HARMLESS = 5_000_000
PIECE = 1 << 20
TABLE, TEXT = "xlsx", "csv"


class Unreadable(ValueError):
    """The file cannot be read as a table; the words say why and what to do."""


def kind_of(file: IO[bytes]) -> str:
    """Return what a file is: a workbook or plain text.

    :raises Unreadable: if it is neither, is too large, or would become too large when opened.
    """
    size = file.seek(0, 2)
    if size > LARGEST_FILE:
        raise Unreadable(_("The file is larger than 20 MB. Split the table into several files."))
    file.seek(0)
    start = file.read(8)
    if not size or not start.strip(b"\xef\xbb\xbf \r\n\t"):
        raise Unreadable(_("The file is empty."))
    if start.startswith(b"PK"):
        _refuse_bad_archive(file)
        return TABLE
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse_old_workbook(file)
    file.seek(0)
    _refuse_other_kinds(file.read(512))
    return TEXT


def _refuse_old_workbook(file: IO[bytes]) -> None:
    """Say what to do with a file of the kind that Excel wrote before 2007, which also wraps those with a password.

    :raises Unreadable: always.
    """
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        raise Unreadable(_("The file is protected by a password. Save it without one and upload it again."))
    raise Unreadable(_("This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."))


def _refuse_other_kinds(start: bytes) -> None:
    """Do nothing for what may be plain text.

    :raises Unreadable: for a PDF, a picture, a web page.
    """
    if start.startswith(b"%PDF"):
        raise Unreadable(_("This is a PDF, whatever its name says. Save the table itself as .xlsx or .csv."))
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        raise Unreadable(_("This is a picture. Save the table itself as .xlsx or .csv."))
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise Unreadable(_("This is a web page or an XML file. Save the table itself as .xlsx or .csv."))


def _refuse_bad_archive(file: IO[bytes]) -> None:
    """Do nothing for a workbook that can be opened safely.

    :raises Unreadable: if it is damaged, locked, no workbook, or a bomb.
    """
    damaged = _("The file is damaged and cannot be opened. Open it in your spreadsheet program and save it again.")
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
                raise Unreadable(_("The file holds far more than its size shows, so it was not opened."))
            if any(part.file_size > HARMLESS and part.file_size > STEEPEST * part.compress_size for part in parts):
                raise Unreadable(_("The file holds far more than its size shows, so it was not opened."))
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable(_("The file is protected by a password. Save it without one and upload it again."))
            _refuse_other_archives({part.filename for part in parts}, damaged)
            for part in parts:
                _refuse_bad_part(archive, part, damaged)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable(damaged) from problem


def _refuse_other_archives(names: set[str], damaged: str) -> None:
    """Do nothing for the parts of an .xlsx.

    :raises Unreadable: for another kind of archive.
    """
    if "xl/workbook.bin" in names:
        raise Unreadable(_("This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."))
    if "xl/vbaProject.bin" in names:
        raise Unreadable(_("This workbook holds macros. Save it as .xlsx, which holds none."))
    if "content.xml" in names:
        raise Unreadable(_("This is an OpenDocument file (.ods). Save it as .xlsx."))
    if "[Content_Types].xml" in names and not any(name.startswith("xl/") for name in names):
        raise Unreadable(_("This is no spreadsheet. Save the table itself as .xlsx or .csv."))
    if "xl/workbook.xml" not in names:
        raise Unreadable(damaged)


def _refuse_bad_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, damaged: str) -> None:
    """Open a part piece by piece: it must be as long as the list of parts says, and define no words of its own.

    :raises Unreadable: if it is not so; zipfile itself raises BadZipFile where the checksum is wrong.
    """
    with archive.open(part) as opened:
        start = opened.read(PIECE)
        if part.filename.endswith((".xml", ".rels")) and (
            b"<!" in start[:2000].replace(b"<!--", b"") or b"\0" in start
        ):
            raise Unreadable(damaged)
        while opened.read(PIECE):
            pass
