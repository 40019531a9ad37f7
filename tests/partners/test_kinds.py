import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from learningcity.moderation.actions import approve
from learningcity.moderation.registry import address_of, kind_named
from learningcity.partners.models import Agreement, Commitment, GoalLink, Organization, Party
from learningcity.search.models import Document
from tests.factories.cities import make_city
from tests.factories.content import SOURCE, filled, propose, publish, values_of, written
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import (
    make_agreement,
    make_commitment,
    make_goal,
    make_goal_link,
    make_organization,
    make_party,
    make_signatory,
    make_target,
)
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

ORGANIZATION = {
    "name_th": "สถาบันตัวอย่าง",
    "name_en": "Sample Institute",
    "about_th": "",
    "about_en": "",
    "place_th": "ถนนตัวอย่าง",
    "place_en": "",
    "sector": "education",
    "kind": "university",
    "aliases": "สตย.\nSI",
    "parent": "",
    "original": "th",
    "url": "",
    "latitude": "16.43",
    "longitude": "102.83",
}
COMMITMENT = {
    "text_th": "ห้องประชุมสิบสองเย็น",
    "text_en": "A hall for twelve evenings.",
    "unit_th": "เย็น",
    "unit_en": "evenings",
    "program_th": "",
    "program_en": "",
    "agreement": "",
    "kind": "place",
    "amount": "12",
    "original": "th",
    "due_on": "2027-09-30",
}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def sourced(**changes):
    return {**SOURCE, "source": make_source().slug, **changes}


def agreement_values(**changes):
    """Return what the form of a new agreement holds, with these changes."""
    texts = ("title", "summary", "signed_where", "term", *(f"goal_{number}" for number in range(1, 18)))
    values = {f"{name}_{language}": "" for name in texts for language in ("th", "en")}
    values |= {f"goal_{number}_targets": "" for number in range(1, 18)}
    values |= dict.fromkeys(("starts_on", "ends_on", "renews"), "")
    values |= dict.fromkeys(("parties_signed", "parties_took_part", "parties_supports"), "")
    values |= {"announced_parties": [], "announced_goals": []}
    return sourced(**values) | {"title_th": "บันทึกข้อตกลง", "original": "th", "signed_on": "17 กันยายน 2567"} | changes


def test_organization_says_again_what_was_typed(cast):
    written("organization", sourced(**ORGANIZATION), cast.city.slug)

    organization = Organization.objects.get(name_en="Sample Institute")
    assert (organization.home, organization.slug) == (cast.city, "sample-institute")
    assert organization.aliases == ["สตย.", "SI"]
    assert {name: values_of("organization", organization)[name] for name in ORGANIZATION} == ORGANIZATION
    assert Document.objects.filter(kind="organization", key=str(organization.pk)).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_th": "", "name_en": ""}, "name_th"),
        ({"sector": "moon"}, "sector"),
        ({"longitude": ""}, "longitude"),
        ({"latitude": "91"}, "latitude"),
        ({"source": ""}, "source"),
    ],
)
def test_organization_that_contradicts_itself_is_refused_at_its_field(cast, changes, field):
    form = filled("organization", sourced(**ORGANIZATION) | changes, cast.city.slug)

    assert list(form.errors) == [field]


def test_organization_does_not_belong_to_itself(cast):
    form = filled("organization", sourced(**ORGANIZATION), cast.city.slug, cast.organization)

    assert cast.organization.slug not in dict(form.fields["parent"].choices)


@pytest.mark.parametrize("between", [0, 1, 2])
def test_organization_does_not_belong_to_what_belongs_to_it(cast, between):
    lowest = cast.organization
    for _ in range(between + 1):
        lowest = make_organization(home=cast.city, parent=lowest)

    form = filled("organization", sourced(**ORGANIZATION) | {"parent": lowest.slug}, cast.city.slug, cast.organization)

    assert list(form.errors) == ["parent"]
    assert form.errors["parent"].as_data()[0].code == "circle"


def test_organization_may_belong_to_another_with_its_own_parent(cast):
    sister = make_organization(home=cast.city, parent=cast.organization)
    other = make_organization(home=cast.city, parent=cast.organization)

    form = filled("organization", sourced(**ORGANIZATION) | {"parent": sister.slug}, cast.city.slug, other)

    assert form.errors == {}


def test_agreement_does_not_renew_the_one_that_renews_it(cast):
    older = make_agreement(city=cast.city)
    newer = make_agreement(city=cast.city, renews=older)

    form = filled("agreement", values_of("agreement", older) | {"renews": newer.slug}, cast.city.slug, older)

    assert form.errors["renews"].as_data()[0].code == "circle"


def test_organization_is_corrected_by_its_clerk_and_published_by_the_city(cast):
    proposal = propose("organization", cast.city, {"about_th": "เราเป็นใคร"}, cast.clerk, cast.organization)

    with pytest.raises(PermissionDenied):
        approve(proposal, by=cast.clerk)
    approve(proposal, by=cast.approver)

    cast.organization.refresh_from_db()
    assert cast.organization.about_th == "เราเป็นใคร"


def test_organization_of_a_stranger_is_not_corrected(cast):
    other = make_organization(home=cast.city)

    with pytest.raises(PermissionDenied):
        propose("organization", cast.city, {"about_th": "เราเป็นใคร"}, cast.clerk, other)


def test_agreement_brings_its_parties_numbers_and_goals(cast):
    named = make_organization(name_th="มหาวิทยาลัยตัวอย่าง", aliases=["มตย."])
    make_target("4.7", goal=make_goal(4))
    number = make_observation(city=cast.city, indicator=make_indicator(slug="mou-partners"), value=62)
    typed = agreement_values(
        parties_signed=f"{cast.organization.slug}\n\n มตย. ",
        announced_parties=[str(number.pk)],
        goal_4_th="การศึกษา",
        goal_4_targets="4.7",
    )

    agreement = written("agreement", typed, cast.city.slug)

    assert (agreement.city, agreement.signed_on.isoformat()) == (cast.city, "2024-09-17")
    assert set(agreement.parties.values_list("organization", "role")) == {
        (cast.organization.pk, "signed"),
        (named.pk, "signed"),
    }
    assert list(agreement.announcements.values_list("of", "observation")) == [("parties", number.pk)]
    assert [(link.goal_id, link.target_id) for link in agreement.goals.all()] == [(4, "4.7")]


def test_agreement_says_again_what_was_typed(cast):
    make_target("4.7", goal=make_goal(4))
    typed = agreement_values(
        parties_took_part=cast.organization.slug, ends_on="2030-12-31", goal_4_en="Education.", goal_4_targets="4.7"
    )

    agreement = written("agreement", typed, cast.city.slug)

    assert values_of("agreement", agreement) == typed | {"signed_on": "2024-09-17"}


def test_agreement_keeps_what_its_rows_say_of_certainty_and_source(cast):
    party = make_party(agreement=make_agreement(city=cast.city), certainty="uncertain", note_en="A doubt.")
    link = make_goal_link(agreement=party.agreement, goal=make_goal(8))
    values = values_of("agreement", party.agreement)

    written("agreement", values | {"summary_th": "ใหม่"}, cast.city.slug, party.agreement)

    assert list(Party.objects.values_list("pk", "certainty", "source")) == [(party.pk, "uncertain", party.source_id)]
    assert list(GoalLink.objects.values_list("pk", "source")) == [(link.pk, link.source_id)]


def test_agreement_loses_a_party_that_was_taken_out(cast):
    party = make_party(agreement=make_agreement(city=cast.city))
    values = values_of("agreement", party.agreement)

    written("agreement", values | {"parties_signed": ""}, cast.city.slug, party.agreement)

    assert Party.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_th": ""}, "title_th"),
        ({"signed_on": "31 กุมภาพันธ์ 2567"}, "signed_on"),
        ({"starts_on": "2025-01-01", "ends_on": "2024-12-31"}, "ends_on"),
        ({"ends_on": "2024-09-16"}, "ends_on"),
        ({"ends_on": "2569"}, "ends_on"),
        ({"parties_signed": "ไม่มีหน่วยงานนี้"}, "parties_signed"),
        ({"goal_4_th": "การศึกษา", "goal_4_targets": "8.1"}, "goal_4_targets"),
        ({"goal_4_targets": "4.7"}, "goal_4_th"),
        ({"goal_9_th": "เหตุผล"}, "goal_9_th"),
    ],
)
def test_agreement_that_contradicts_itself_is_refused_at_its_field(cast, changes, field):
    make_target("4.7", goal=make_goal(4))

    form = filled("agreement", agreement_values(**changes), cast.city.slug)

    assert list(form.errors) == [field]


def test_agreement_names_each_goal_that_is_folded_away(cast):
    make_goal(4, name_en="Quality education")
    form = filled("agreement", agreement_values(), cast.city.slug)

    folds = [(str(fold.title), fold.names) for fold in form.sections[-1].folds]
    assert len(folds) == 17
    assert folds[3] == ("4 Quality education", ("goal_4", "goal_4_targets"))
    assert folds[8] == ("9", ("goal_9", "goal_9_targets"))


def test_agreement_with_a_party_twice_or_a_name_of_several_is_refused(cast):
    for _ in range(2):
        make_organization(name_th="ชื่อเดียวกัน")

    twice = filled(
        "agreement",
        agreement_values(parties_signed=cast.organization.slug, parties_supports=cast.organization.name_th),
        cast.city.slug,
    )
    several = filled("agreement", agreement_values(parties_signed="ชื่อเดียวกัน"), cast.city.slug)

    assert list(twice.errors) == ["parties_supports"]
    assert "Several organizations" in several.errors["parties_signed"][0]


def test_agreement_is_published_by_two_officers(cast):
    publish("agreement", cast.city, agreement_values())

    assert Agreement.objects.get().title_th == "บันทึกข้อตกลง"


@pytest.mark.parametrize("is_for_nobody", [True, False])
def test_signatory_acts_for_a_party_or_for_nobody_that_is_named(cast, is_for_nobody):
    party = make_party(agreement=make_agreement(city=cast.city))
    acts_for = party.agreement.slug if is_for_nobody else f"{party.agreement.slug}/{party.organization.slug}"
    typed = sourced(
        title_th="นาย",
        title_en="",
        name_th="บุคคลตัวอย่าง",
        name_en="",
        position_th="ผู้อำนวยการ",
        position_en="",
        acts_for=acts_for,
        capacity="signed",
        signed_on="2024-09",
    )

    signatory = written("signatory", typed, cast.city.slug)

    assert (signatory.party is None, signatory.agreement is None) == (is_for_nobody, not is_for_nobody)
    assert values_of("signatory", signatory) == typed
    assert list(kind_named("signatory").records_in(cast.city.slug)) == [signatory]


def test_signatory_of_another_city_is_not_offered(cast):
    other = make_signatory()

    form = filled("signatory", sourced(acts_for=other.party.agreement.slug), cast.city.slug)

    assert "acts_for" in form.errors


def test_commitment_says_again_what_was_typed(cast):
    typed = COMMITMENT | {"organization": cast.organization.slug}

    commitment = written("commitment", typed, cast.city.slug)

    assert (commitment.state, commitment.city) == ("proposed", cast.city)
    assert values_of("commitment", commitment) == typed


def test_organizations_of_other_cities_are_not_offered_but_stay_where_they_are_chosen(cast):
    elsewhere = make_organization(home=make_city())
    national = make_organization(home=None)

    offered = dict(filled("commitment", COMMITMENT, cast.city.slug).fields["organization"].choices)
    chosen = COMMITMENT | {"organization": elsewhere.slug}
    kept = dict(filled("commitment", chosen, cast.city.slug).fields["organization"].choices)

    assert (cast.organization.slug in offered, national.slug in offered, elsewhere.slug in offered) == (
        True,
        True,
        False,
    )
    assert elsewhere.slug in kept


def test_commitment_that_is_changed_waits_for_both_sides_again_and_leaves_the_search(cast):
    confirmed = make_commitment(city=cast.city, organization=cast.organization, state="confirmed")
    before = address_of("commitment", confirmed)

    changed = written("commitment", COMMITMENT | {"organization": cast.organization.slug}, cast.city.slug, confirmed)

    assert (changed.state, changed.confirmed_by_city_at, changed.confirmed_by_partner_at) == ("proposed", None, None)
    assert (before, address_of("commitment", changed)) == (f"/en/promises/?city={cast.city.slug}", "")
    assert not Document.objects.filter(kind="promise").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text_th": "", "text_en": ""}, "text_th"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"unit_th": "", "unit_en": ""}, "unit_th"),
        ({"amount": ""}, "amount"),
        ({"due_on": "31/2/2567"}, "due_on"),
        ({"due_on": "2570"}, "due_on"),
        ({"organization": "nobody"}, "organization"),
    ],
)
def test_commitment_that_contradicts_itself_is_refused_at_its_field(cast, changes, field):
    form = filled("commitment", COMMITMENT | {"organization": cast.organization.slug} | changes, cast.city.slug)

    assert list(form.errors) == [field]


@pytest.mark.parametrize("state", ["kept", "broken", "withdrawn"])
def test_commitment_that_came_to_an_end_is_not_changed_any_more(cast, state):
    settled = make_commitment(city=cast.city, organization=cast.organization, state=state)

    form = filled("commitment", COMMITMENT | {"organization": cast.organization.slug}, cast.city.slug, settled)

    assert list(form.errors) == ["__all__"]
    assert Commitment.objects.get().state == state
