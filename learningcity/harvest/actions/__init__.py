"""What can be done about harvesting."""

from learningcity.harvest.actions.known import take_from_here
from learningcity.harvest.actions.looking import Looked, look_first
from learningcity.harvest.actions.looking_after import look_after
from learningcity.harvest.actions.origins import allow_host, change_origin, disallow_host, make_origin
from learningcity.harvest.actions.runs import begin_due_runs, begin_run, forget_findings, stop_run, work_on

__all__ = [
    "Looked",
    "allow_host",
    "begin_due_runs",
    "begin_run",
    "change_origin",
    "disallow_host",
    "forget_findings",
    "look_after",
    "look_first",
    "make_origin",
    "stop_run",
    "take_from_here",
    "work_on",
]
