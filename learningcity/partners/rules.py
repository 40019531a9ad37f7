from __future__ import annotations

import rules

from learningcity.accounts.models import User
from learningcity.cities.models import City
from learningcity.moderation.registry import authority
from learningcity.partners import queries
from learningcity.partners.enums import Side
from learningcity.partners.models import (
    Agreement,
    AgreementFile,
    Clerk,
    Commitment,
    Evidence,
    MentorPair,
    Organization,
    StudyVisit,
)


def edits(user: User, city: City) -> bool:
    return isinstance(user, User) and authority().may_edit(user, city.slug)


def approves(user: User, city: City) -> bool:
    return isinstance(user, User) and authority().may_approve(user, city.slug)


# --- Promises ---------------------------------------------------------------------------------------------------------


@rules.predicate
def stands_on_a_side(user: User, commitment: Commitment) -> bool:
    return isinstance(user, User) and queries.side_of(user, commitment) is not None


@rules.predicate
def binds_a_side(user: User, commitment: Commitment) -> bool:
    """The clerk speaks for the partner; for the city, who may approve."""
    if not isinstance(user, User):
        return False
    return queries.side_of(user, commitment) == Side.PARTNER or queries.decides_for(user, commitment)


@rules.predicate
def binds_the_city(user: User, commitment: Commitment) -> bool:
    return isinstance(user, User) and queries.decides_for(user, commitment)


@rules.predicate
def stands_on_the_other_side(user: User, evidence: Evidence) -> bool:
    if not isinstance(user, User) or evidence.by_id == user.pk:
        return False
    return queries.side_of(user, evidence.commitment) not in (None, evidence.side)


rules.add_perm("partners.confirm_commitment", binds_a_side)
rules.add_perm("partners.report_kept", stands_on_a_side)
rules.add_perm("partners.check_evidence", stands_on_the_other_side)
rules.add_perm("partners.mark_broken", binds_the_city)
rules.add_perm("partners.withdraw_commitment", binds_a_side)

# --- Agreements and their files ---------------------------------------------------------------------------------------


@rules.predicate
def edits_agreement(user: User, agreement: Agreement) -> bool:
    return edits(user, agreement.city)


@rules.predicate
def approves_agreement(user: User, agreement: Agreement) -> bool:
    return approves(user, agreement.city)


@rules.predicate
def approves_file(user: User, file: AgreementFile) -> bool:
    return approves(user, file.agreement.city)


@rules.predicate
def may_read_file(user: User, file: AgreementFile) -> bool:
    """What is not public is for the city and for those who act for a party."""
    if not isinstance(user, User):
        return False
    return edits(user, file.agreement.city) or queries.agreements_visible_to(user).filter(pk=file.agreement_id).exists()


rules.add_perm("partners.call_off", approves_agreement)
rules.add_perm("partners.attach_file", edits_agreement)
rules.add_perm("partners.publish_file", approves_file)
rules.add_perm("partners.hide_file", approves_file)
rules.add_perm("partners.read_file", may_read_file)

# --- Clerks -----------------------------------------------------------------------------------------------------------


@rules.predicate
def keeps_entry(user: User, organization: Organization) -> bool:
    return isinstance(user, User) and authority().may_edit(user, queries.place_of(organization))


@rules.predicate
def may_end_clerk(user: User, clerk: Clerk) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and (clerk.user_id == user.pk or authority().may_edit(user, queries.place_of(clerk.organization)))
    )


rules.add_perm("partners.invite_clerk", keeps_entry)
rules.add_perm("partners.end_clerk", may_end_clerk)
rules.add_perm("partners.change_contact", keeps_entry)

# --- Cities that learn from each other ----------------------------------------------------------------------------------


@rules.predicate
def is_guest(user: User, visit: StudyVisit) -> bool:
    return edits(user, visit.guest)


@rules.predicate
def is_host(user: User, visit: StudyVisit) -> bool:
    return approves(user, visit.host)


@rules.predicate
def binds_mentor(user: User, pair: MentorPair) -> bool:
    return approves(user, pair.mentor)


@rules.predicate
def binds_either(user: User, pair: MentorPair) -> bool:
    return approves(user, pair.mentor) or approves(user, pair.learner)


rules.add_perm("partners.request_visit", is_guest)
rules.add_perm("partners.answer_visit", is_host)
rules.add_perm("partners.report_visit", is_guest)
rules.add_perm("partners.follow_up_visit", is_guest)
rules.add_perm("partners.pair_mentor", binds_mentor)
rules.add_perm("partners.end_pair", binds_either)
