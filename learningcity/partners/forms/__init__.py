"""What people fill in about organizations, agreements, people at a signing and promises."""

from learningcity.partners.forms.agreements import AgreementForm, SignatoryForm
from learningcity.partners.forms.commitments import CommitmentForm
from learningcity.partners.forms.organizations import OrganizationForm

__all__ = ["AgreementForm", "CommitmentForm", "OrganizationForm", "SignatoryForm"]
