from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for approval")
    RETURNED = "returned", _("sent back")
    SCHEDULED = "scheduled", _("approved, to be published later")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReportState(TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")


class Why(TextChoices):
    """Why names were erased from the history: a choice, because what people write might name somebody again."""

    ASKED = "asked", _("the person asked for it")
    LEFT = "left", _("the person holds no public office any more")
    MISTAKE = "mistake", _("it should never have been published")
    WITHDRAWN = "withdrawn", _("what it belongs to was withdrawn")


# What stands in place of an erased text, in both languages; the trigger of the database knows it too.
ERASED = "[erased]"
# While it is one of these, somebody still has it in hand, and nobody begins a second one for the same record.
OPEN = (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.SCHEDULED)
WRITABLE = (ProposalState.DRAFT, ProposalState.RETURNED)

STEPS: dict[str, set[str]] = {
    ProposalState.DRAFT: {ProposalState.SUBMITTED, ProposalState.WITHDRAWN},
    ProposalState.SUBMITTED: {
        ProposalState.PUBLISHED,
        ProposalState.SCHEDULED,
        ProposalState.RETURNED,
        ProposalState.DRAFT,
        ProposalState.WITHDRAWN,
    },
    ProposalState.RETURNED: {ProposalState.SUBMITTED, ProposalState.WITHDRAWN},
    ProposalState.SCHEDULED: {
        ProposalState.PUBLISHED,
        ProposalState.RETURNED,
        ProposalState.WITHDRAWN,
        # Who approved it may not any more: somebody else decides.
        ProposalState.SUBMITTED,
    },
    ProposalState.PUBLISHED: set(),
    ProposalState.WITHDRAWN: set(),
}
