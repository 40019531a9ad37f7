"""Origins, hosts, runs, findings, copies and their twins."""

from learningcity.harvest.models.origins import Host, Origin
from learningcity.harvest.models.runs import LONGEST_ID, LONGEST_MARK, Copy, Finding, Run, Twin

__all__ = ["LONGEST_ID", "LONGEST_MARK", "Copy", "Finding", "Host", "Origin", "Run", "Twin"]
