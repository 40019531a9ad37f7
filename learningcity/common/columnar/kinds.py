"""How each kind of file becomes a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from learningcity.common.columnar.dialects import dialect_of
from learningcity.common.columnar.finishing import (
    LETTERS,
    ROWS,
    Tell,
    finished,
    headed,
    listed,
    part,
    stored_ours,
)
from learningcity.common.columnar.found import Choices, Found
from learningcity.common.columnar.jsons import read_json
from learningcity.common.columnar.parquets import store_parquet
from learningcity.common.columnar.quality import Numbering, problem
from learningcity.common.columnar.refusals import Refused
from learningcity.common.columnar.rewriting import rewrite_text
from learningcity.common.columnar.storing import Source, Unclear, store
from learningcity.common.columnar.texts import as_utf8
from learningcity.common.columnar.workbooks import take_sheet

# The share of the work after which rows that had to be written anew are.
ANEW = 0.4
TAIL_OF_PDF = 4_096


def read_csv(path: Path, folder: Path, tell: Tell, choices: Choices) -> Found:
    text = as_utf8(path, folder, part(tell, 0, LETTERS))
    dialect = dialect_of(text.path)
    columns, problems = headed(dialect.headings, choices.names, has_headings=dialect.has_headings)
    titles = dialect.skipped - dialect.is_announced
    if titles:
        problems.append(problem("skipped_rows", count=titles))
    numbering = Numbering(dialect.before + 1)
    try:
        # Where a table begins further down, the lines above it follow no rule.
        if dialect.skipped:
            raise Unclear
        source = Source(text.path, dialect.delimiter, dialect.before)
        stored = store(source, columns, choices.types, folder, part(tell, LETTERS, ROWS))
    except Unclear:
        written = rewrite_text(text.path, dialect, folder, part(tell, LETTERS, ANEW))
        numbering = replace(numbering, gaps=written.gaps)
        if written.short_count:
            problems.append(problem("short_rows", count=written.short_count, rows=written.short))
        stored = stored_ours(Source(written.path), columns, choices, folder, part(tell, ANEW, ROWS))
    found = Found(format="csv", encoding=text.encoding, dialect=dialect.as_json(), problems=problems)
    return finished(found, stored, numbering, tell)


def read_xlsx(path: Path, folder: Path, tell: Tell, choices: Choices) -> Found:
    taken = take_sheet(path, choices.sheet, folder)
    columns, problems = headed(taken.headings, choices.names, has_headings=taken.has_headings)
    if taken.skipped:
        problems.append(problem("skipped_rows", count=taken.skipped))
    if others := [name for name in taken.sheets if name != taken.sheet]:
        problems.append(problem("other_sheets", sheet=taken.sheet, names=listed(others)))
    stored = stored_ours(Source(taken.rows.path), columns, choices, folder, part(tell, ANEW, ROWS))
    found = Found(
        format="xlsx",
        dialect={"header": taken.has_headings, "skipped": taken.skipped},
        sheet=taken.sheet,
        sheets=taken.sheets,
        problems=problems,
    )
    return finished(found, stored, Numbering(taken.before + 1, taken.rows.gaps), tell)


def read_parquet(path: Path, folder: Path, tell: Tell, choices: Choices) -> Found:
    stored, problems = store_parquet(path, choices, folder, part(tell, 0, ROWS))
    return finished(Found(format="parquet", problems=problems), stored, Numbering(), tell)


def read_pdf(path: Path, folder: Path, tell: Tell, choices: Choices) -> Found:
    """Return that it is a document, kept as it is.

    :raises Refused: if it breaks off.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_OF_PDF))
        if b"%%EOF" not in file.read():
            raise Refused(_("The file breaks off in the middle. Upload it again."))
    return Found(format="pdf")


READERS: dict[str, Callable[[Path, Path, Tell, Choices], Found]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "json": read_json,
    "parquet": read_parquet,
    "pdf": read_pdf,
}
