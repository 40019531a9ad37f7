"""What can be done with the catalog."""

from learningcity.opendata.actions.counting import note_use, sum_up_uses
from learningcity.opendata.actions.describing import describe_columns, go_on_from
from learningcity.opendata.actions.publishing import parts_of
from learningcity.opendata.actions.snapshots import keep_snapshots
from learningcity.opendata.actions.uploads import (
    drop_forgotten_uploads,
    drop_upload,
    let_go,
    read_again,
    receive_upload,
)
from learningcity.opendata.actions.versions import Part, add_version, keep_file, make_version, withdraw_dataset

__all__ = [
    "Part",
    "add_version",
    "describe_columns",
    "drop_forgotten_uploads",
    "drop_upload",
    "go_on_from",
    "keep_file",
    "keep_snapshots",
    "let_go",
    "make_version",
    "note_use",
    "parts_of",
    "read_again",
    "receive_upload",
    "sum_up_uses",
    "withdraw_dataset",
]
