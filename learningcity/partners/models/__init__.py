"""What partners remembers, by noun: organizations, agreements, goals, commitments, clerks, exchanges between cities."""

from learningcity.partners.models.agreements import (
    Agreement,
    AgreementFile,
    Announcement,
    GoalLink,
    Party,
    Signatory,
)
from learningcity.partners.models.clerks import Clerk, Invitation
from learningcity.partners.models.commitments import Commitment, Evidence, Reminder
from learningcity.partners.models.exchanges import MentorPair, StudyVisit
from learningcity.partners.models.goals import Goal, Target
from learningcity.partners.models.network import NetworkPicture
from learningcity.partners.models.organizations import Contact, Organization, Presence

__all__ = [
    "Agreement",
    "AgreementFile",
    "Announcement",
    "Clerk",
    "Commitment",
    "Contact",
    "Evidence",
    "Goal",
    "GoalLink",
    "Invitation",
    "MentorPair",
    "NetworkPicture",
    "Organization",
    "Party",
    "Presence",
    "Reminder",
    "Signatory",
    "StudyVisit",
    "Target",
]
