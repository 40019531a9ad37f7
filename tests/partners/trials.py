"""Rows that each constraint of partners refuses, for tests/architecture/test_constraints.py."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from learningcity.partners.models import Agreement, Organization, Reminder
from tests.factories import accounts, partners
from tests.factories.cities import make_city

DAY = dt.date(2024, 9, 17)
BEFORE = dt.date(2024, 9, 16)


def twice(make, **same):
    make(**same)
    make(**same)


def a_party_twice():
    party = partners.make_party()
    partners.make_party(agreement=party.agreement, organization=party.organization)


def a_presence_twice():
    presence = partners.make_presence()
    partners.make_presence(organization=presence.organization, city=presence.city)


def amounts_without_a_unit():
    # Both halves of the rule, because nothing is neither more than zero nor not.
    with pytest.raises(IntegrityError, match="partners_amounts_are_positive_and_have_a_unit"), transaction.atomic():
        partners.make_commitment(amount=None)
    partners.make_commitment(amount=0)


def a_goal_twice():
    link = partners.make_goal_link()
    partners.make_goal_link(agreement=link.agreement, goal=link.goal)


def a_number_announced_twice():
    first = partners.make_announcement()
    partners.make_announcement(agreement=first.agreement, observation=first.observation)


def an_invitation_used_by_two():
    invitation = partners.make_invitation()
    partners.make_clerk(invitation=invitation)
    partners.make_clerk(invitation=invitation)


def an_invitation_in_other_case():
    organization = partners.make_organization()
    partners.make_invitation(organization=organization, email="a@example.org")
    partners.make_invitation(organization=organization, email="A@example.org")


def a_pair_twice():
    pair = partners.make_mentor_pair()
    partners.make_mentor_pair(mentor=pair.mentor, learner=pair.learner)


def a_city_that_visits_itself():
    city = make_city()
    partners.make_visit(host=city, guest=city)


def a_city_that_mentors_itself():
    city = make_city()
    partners.make_mentor_pair(mentor=city, learner=city)


def an_organization_that_belongs_to_what_belongs_to_it():
    upper = partners.make_organization()
    lower = partners.make_organization(parent=partners.make_organization(parent=upper))
    Organization.objects.filter(pk=upper.pk).update(parent=lower)


TRIALS = {
    "partners_organization_has_a_name": lambda: partners.make_organization(name_th="", name_en=""),
    "partners_sector_is_one_of_four": lambda: partners.make_organization(sector="moon"),
    "partners_organization_lies_at_a_whole_point": lambda: partners.make_organization(latitude=16),
    "partners_organization_never_belongs_to_itself": an_organization_that_belongs_to_what_belongs_to_it,
    "partners_organization_works_in_a_city_once": a_presence_twice,
    "partners_contact_says_something": lambda: partners.make_contact(person="", email=""),
    "partners_goal_is_one_of_seventeen": lambda: partners.make_goal(18),
    "partners_target_bears_the_number_of_its_goal": lambda: partners.make_target("14.1", goal=partners.make_goal(4)),
    "partners_targets_have_distinct_positions": lambda: twice(partners.make_target, position=1),
    "partners_agreement_has_a_title": lambda: partners.make_agreement(title_th="", title_en=""),
    "partners_agreement_ends_after_it_begins": lambda: partners.make_agreement(
        signed_on=None, starts_on=DAY, ends_on=BEFORE
    ),
    "partners_agreement_ends_after_it_is_signed": lambda: partners.make_agreement(signed_on=DAY, ends_on=BEFORE),
    "partners_only_a_signed_agreement_is_called_off": lambda: partners.make_agreement(
        signed_on=None, called_off_on=DAY
    ),
    "partners_agreement_is_called_off_after_it_is_signed": lambda: partners.make_agreement(
        signed_on=DAY, called_off_on=BEFORE
    ),
    "partners_agreement_never_renews_itself": lambda: (
        partners.make_agreement() and Agreement.objects.update(renews=F("id"))
    ),
    "partners_vague_signings_are_stored_alike": lambda: partners.make_agreement(
        signed_on=DAY, signed_precision="month"
    ),
    "partners_a_file_is_added_once": lambda: twice(partners.make_file, agreement=partners.make_agreement()),
    "partners_fingerprint_is_complete": lambda: partners.make_file(sha256="abc"),
    "partners_files_are_pdf_documents": lambda: partners.make_file(media_type="text/html"),
    "partners_one_party_per_organization": a_party_twice,
    "partners_signatory_has_a_name": lambda: partners.make_signatory(name_th="", name_en=""),
    "partners_signatory_acts_for_a_party_or_for_nobody": lambda: partners.make_signatory(party=None),
    "partners_a_signatory_is_named_once": lambda: twice(
        partners.make_signatory, party=partners.make_party(), name_th="บุคคลตัวอย่าง", name_en=""
    ),
    "partners_who_only_took_part_signed_on_no_day": lambda: partners.make_signatory(
        capacity="took_part", signed_on=DAY
    ),
    "partners_vague_signatures_are_stored_alike": lambda: partners.make_signatory(
        signed_on=DAY, signed_precision="year"
    ),
    "partners_a_goal_is_named_once": a_goal_twice,
    "partners_a_named_target_belongs_to_its_goal": lambda: partners.make_goal_link(
        goal=partners.make_goal(4), target=partners.make_target("8.5")
    ),
    "partners_a_goal_is_named_with_its_reason": lambda: partners.make_goal_link(reason_th="", reason_en=""),
    "partners_a_number_is_announced_once": a_number_announced_twice,
    "partners_commitment_has_a_text": lambda: partners.make_commitment(text_th="", text_en=""),
    "partners_amounts_are_positive_and_have_a_unit": amounts_without_a_unit,
    "partners_commitment_state_is_known": lambda: partners.make_commitment(state="dreamt"),
    "partners_a_commitment_counts_when_both_sides_confirmed": lambda: partners.make_commitment(
        state="confirmed", confirmed_by_city_at=None
    ),
    "partners_what_is_settled_has_a_day": lambda: partners.make_commitment(state="kept", settled_on=None),
    "partners_reminder_is_of_one_thing": lambda: Reminder.objects.create(day=DAY, step=30),
    "partners_nobody_is_reminded_twice": lambda: twice(
        Reminder.objects.create, agreement=partners.make_agreement(), day=DAY, step=30
    ),
    "partners_evidence_says_something": lambda: partners.make_evidence(text_th="", text_en=""),
    "partners_evidence_files_have_a_fingerprint": lambda: partners.make_evidence(file="evidence/a.pdf"),
    "partners_one_open_invitation_per_address": an_invitation_in_other_case,
    "partners_a_used_invitation_forgets_the_address": lambda: partners.make_invitation(used_at=timezone.now()),
    "partners_clerk_ends_after_the_start": lambda: partners.make_clerk(starts_on=DAY, ends_on=BEFORE),
    "partners_an_open_clerkship_is_held_once": lambda: twice(
        partners.make_clerk, user=accounts.make_user(), organization=partners.make_organization()
    ),
    "partners_a_city_does_not_mentor_itself": a_city_that_mentors_itself,
    "partners_mentor_pair_has_a_subject": lambda: partners.make_mentor_pair(topic_th="", topic_en=""),
    "partners_mentor_pair_ends_after_it_starts": lambda: partners.make_mentor_pair(starts_on=DAY, ends_on=BEFORE),
    "partners_two_cities_are_paired_once": a_pair_twice,
    "partners_a_city_does_not_visit_itself": a_city_that_visits_itself,
    "partners_visit_has_a_subject": lambda: partners.make_visit(topic_th="", topic_en=""),
    "partners_somebody_takes_part_in_a_visit": lambda: partners.make_visit(participants=0),
    "partners_a_visit_that_was_made_says_what_was_learned": lambda: partners.make_visit(
        state="done", learned_th="", learned_en=""
    ),
    "partners_a_follow_up_says_what_came_of_it": lambda: partners.make_visit(
        state="followed_up", follow_up_th="", follow_up_en=""
    ),
    "partners_pictures_of_networks_are_stamped": lambda: partners.make_network_picture(stamp="yesterday"),
}
