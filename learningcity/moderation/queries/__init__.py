"""What may be asked of moderation: proposals in hand and in the queue, what they change, and what was before."""

from learningcity.moderation.queries.contents import (
    clashes,
    find_record,
    form_of,
    live_values,
    same,
    whole_values,
)
from learningcity.moderation.queries.proposals import (
    kept_by,
    latest_revisions,
    may_write,
    open_reports,
    others_at,
    queue_of,
    revisions_of,
    title_of,
)

__all__ = [
    "clashes",
    "find_record",
    "form_of",
    "kept_by",
    "latest_revisions",
    "live_values",
    "may_write",
    "open_reports",
    "others_at",
    "queue_of",
    "revisions_of",
    "same",
    "title_of",
    "whole_values",
]
