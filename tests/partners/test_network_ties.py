"""Who is tied to what: by promises that were kept, and thinly by signatures."""

import datetime as dt

import pytest

from learningcity.partners.queries.network.figures import components_inhabited, cut_off_without, figures_of
from learningcity.partners.queries.network.ties import Kind, Scope, read_network
from tests.factories.cities import make_city
from tests.factories.partners import make_agreement, make_commitment, make_organization, make_party

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def read(**scope):
    return read_network(Scope(**scope), on=TODAY)


def ties(network):
    """Return who is tied to what, and how much that weighs."""
    names = network.graph.names
    return {frozenset((names[one], names[other])): weight for (one, other), weight in network.graph.ties.items()}


def tie(organization, work):
    return frozenset((f"organization:{organization.slug}", work))


def promise(organization, state="kept", **changes):
    return make_commitment(organization=organization, state=state, **changes)


def test_read_network_ties_parties_to_their_agreement_with_no_weight():
    agreement = make_agreement()
    parties = [make_party(agreement=agreement).organization for _ in range(3)]

    assert ties(read()) == {tie(one, f"agreement:{agreement.slug}"): 0 for one in parties}


def test_read_network_weighs_a_tie_by_kept_promises():
    party = make_party()
    for state in ("kept", "kept", "confirmed", "proposed", "broken", "withdrawn"):
        promise(party.organization, state, agreement=party.agreement)

    assert ties(read()) == {tie(party.organization, f"agreement:{party.agreement.slug}"): 2}


@pytest.mark.parametrize("state", ["proposed", "broken", "withdrawn"])
def test_read_network_is_not_tied_by_promises_that_came_to_nothing(state):
    promise(make_organization(), state)

    assert ties(read()) == {}


def test_read_network_ties_to_the_program_before_the_agreement_and_the_city():
    city, agreement, organization = make_city(), make_agreement(), make_organization()
    promise(organization, city=city, agreement=agreement, program_th="ครู หมอ พ่อแม่", program_en="Teachers")
    promise(organization, city=city, program_th=" ครู  หมอ พ่อแม่ ")
    promise(organization, city=city, agreement=agreement)
    promise(organization, "confirmed", city=city)

    assert ties(read()) == {
        tie(organization, f"program:{city.slug}:ครู หมอ พ่อแม่"): 2,
        tie(organization, f"agreement:{agreement.slug}"): 1,
        tie(organization, f"city:{city.slug}"): 0,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"signed_on": None},
        {"signed_on": dt.date(2026, 11, 22)},
        {"ends_on": dt.date(2026, 11, 20)},
        {"called_off_on": dt.date(2026, 11, 21)},
    ],
)
def test_read_network_leaves_out_agreements_that_are_not_valid_but_not_what_was_kept_under_them(changes):
    agreement = make_agreement(**changes)
    organization = make_party(agreement=agreement).organization
    promise(make_organization(slug="true-to-its-word"), agreement=agreement)

    assert len(ties(read())) == 1
    assert tie(organization, f"agreement:{agreement.slug}") not in ties(read())
    # Who asks for this very agreement sees all of it.
    assert len(ties(read(agreement=agreement.slug))) == 2


def test_read_network_leaves_out_an_agreement_that_was_renewed():
    old = make_party().agreement
    make_party(agreement=make_agreement(renews=old))

    assert [node.slug for node in read().nodes if node.kind == Kind.AGREEMENT] == [
        agreement.slug for agreement in [old.renewals.get()]
    ]


def test_read_network_keeps_to_a_city_or_to_an_agreement():
    here = make_party()
    promise(here.organization, city=here.agreement.city)
    there = make_party()
    promise(there.organization, agreement=there.agreement, city=there.agreement.city)

    of_city = {node.slug for node in read(city=here.agreement.city.slug).nodes}
    of_agreement = {node.slug for node in read(agreement=there.agreement.slug).nodes}

    assert of_city == {here.organization.slug, here.agreement.slug, here.agreement.city.slug}
    assert of_agreement == {there.organization.slug, there.agreement.slug}


@pytest.mark.parametrize("count", [1, 3])
def test_read_network_takes_two_queries_however_many_partners(count, django_assert_num_queries):
    for _ in range(count):
        promise(make_party().organization)

    with django_assert_num_queries(2):
        read()


def test_fingerprint_changes_with_ties_and_not_with_their_weight():
    party = make_party()
    promise(party.organization, "confirmed", agreement=party.agreement)
    before = read().fingerprint

    promise(party.organization, agreement=party.agreement)
    heavier = read().fingerprint
    make_party(agreement=party.agreement)

    assert heavier == before
    assert read().fingerprint != before


def bridge():
    """Make two agreements, three parties each, with one organization in both; return the network and that one."""
    first, second = make_agreement(), make_agreement()
    both = make_organization(sector="education")
    for agreement, sector in ((first, "public"), (second, "private")):
        make_party(agreement=agreement, organization=both)
        for _ in range(2):
            make_party(agreement=agreement, organization=make_organization(sector=sector))
    return read(), both


def figures(network):
    return {one.node.slug: one for one in figures_of(network, network)}


def test_figures_say_who_holds_two_agreements_together():
    network, both = bridge()

    found = figures(network)[both.slug]

    assert (found.number, found.partners, found.standing.degree, found.brokerage) == (1, 4, 2, 4)
    assert (found.loss.components, found.loss.cut_off, found.loss.largest) == (2, 2, 2)
    # By hand: of the 15 pairs of the other six, 9 have their only shortest way through it.
    assert found.standing.betweenness == pytest.approx(9 / 15)


def test_figures_of_one_large_agreement_make_nobody_a_broker():
    agreement = make_agreement()
    for sector in ("public", "private", "education"):
        make_party(agreement=agreement, organization=make_organization(sector=sector))

    found = figures(read()).values()

    assert {(one.partners, one.standing.degree, one.standing.betweenness, one.brokerage) for one in found} == {
        (2, 1, 0.0, 0)
    }


def test_figures_number_whoever_kept_most_first_whatever_is_counted():
    agreement = make_agreement()
    lazy, busy = make_party(agreement=agreement).organization, make_party(agreement=agreement).organization
    promise(busy, agreement=agreement)
    network = read()

    numbers = [
        {one.node.slug: one.number for one in figures_of(network, counted)}
        for counted in (network, network.only_kept())
    ]

    assert numbers == [{busy.slug: 1, lazy.slug: 2}] * 2


def test_only_kept_leaves_no_tie_to_a_signature():
    party = make_party()
    other = make_party(agreement=party.agreement).organization
    promise(party.organization, agreement=party.agreement)

    counted = read().only_kept()

    assert ties(counted) == {tie(party.organization, f"agreement:{party.agreement.slug}"): 1}
    assert components_inhabited(counted) == [1, 1]
    assert {one.node.slug: one.standing.degree for one in figures_of(counted, counted)}[other.slug] == 0


def test_cut_off_without_names_those_who_would_lose_the_rest():
    network, both = bridge()
    lone = make_party(agreement=make_party(organization=both).agreement).organization
    network = read()
    node = next(node for node in network.nodes if node.slug == both.slug)

    lost = cut_off_without(network, node)

    assert len(lost) == figures(network)[both.slug].loss.cut_off == 3
    assert lone.slug in {other.slug for other in lost}
