"""What may be asked of imports: what a file says, what would become of its rows, and what was imported before."""

from learningcity.imports.queries.files import Layout, Opened, is_heading_of_reasons, opened_table
from learningcity.imports.queries.uploads import (
    proposal_of,
    reasons_of,
    released_by,
    rows_of,
    shown_of,
    uploads_in,
    waits_for_approval,
)
from learningcity.imports.queries.verdicts import Judge, Judged

__all__ = [
    "Judge",
    "Judged",
    "Layout",
    "Opened",
    "is_heading_of_reasons",
    "opened_table",
    "proposal_of",
    "reasons_of",
    "released_by",
    "rows_of",
    "shown_of",
    "uploads_in",
    "waits_for_approval",
]
