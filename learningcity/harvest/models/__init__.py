"""Origins, hosts, runs, findings and copies."""

from learningcity.harvest.models.origins import Host, Origin
from learningcity.harvest.models.runs import LONGEST_ID, Copy, Finding, Run

__all__ = ["LONGEST_ID", "Copy", "Finding", "Host", "Origin", "Run"]
