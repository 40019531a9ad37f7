"""What of partners can be imported from spreadsheets."""

from learningcity.imports.registry import register
from learningcity.partners.tables.agreements import PARTIES, SIGNATORIES
from learningcity.partners.tables.commitments import COMMITMENTS
from learningcity.partners.tables.organizations import ORGANIZATIONS


def register_tables() -> None:
    """Let organizations, parties, signatories and promises be imported."""
    for table in (ORGANIZATIONS, PARTIES, SIGNATORIES, COMMITMENTS):
        register(table)
