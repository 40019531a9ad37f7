"""What may be asked of moderation: proposals in hand and in the queue, what they change, and what was before."""

from learningcity.moderation.queries.contents import (
    clashes,
    find_record,
    form_of,
    keys_changed_here,
    live_values,
    plain,
    record_or_none,
    same,
    whole_values,
)
from learningcity.moderation.queries.diff import Change, Piece, changes_between, shown_value, word_diff
from learningcity.moderation.queries.proposals import (
    kept_by,
    latest_revisions,
    may_write,
    open_reports,
    others_at,
    queue_of,
    revisions_of,
    title_of,
    titles_of,
)

__all__ = [
    "Change",
    "Piece",
    "changes_between",
    "clashes",
    "find_record",
    "form_of",
    "kept_by",
    "keys_changed_here",
    "latest_revisions",
    "live_values",
    "may_write",
    "open_reports",
    "others_at",
    "plain",
    "queue_of",
    "record_or_none",
    "revisions_of",
    "same",
    "shown_value",
    "title_of",
    "titles_of",
    "whole_values",
    "word_diff",
]
