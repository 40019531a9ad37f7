"""What breaks in the network of partners without one of them."""

import pytest

from tests.factories.networks import make_bridge, make_kept, make_network
from tests.factories.partners import make_agreement, make_organization, make_party

pytestmark = pytest.mark.django_db


def test_network_without_a_bridge_says_in_one_sentence_what_breaks(client):
    both = make_bridge()

    response = client.get("/en/partners/network/", {"without": both.slug})

    lost = response.context["answer"].cut_off
    names = ", ".join(node.name.en for node in lost)
    assert response.context["finding"] == (
        f"Without {both.name_en}, 2 organizations would be cut off from the rest: {names}; 0 kept promises would be missing."
    )
    assert [mark.is_cut_off for mark, _ in response.context["drawing"].named].count(True) == 2
    assert both.name_en not in {row[0].value for row in response.context["table"].rows}


def test_network_without_somebody_keeps_numbers_and_places(client):
    both = make_bridge()

    with_all = client.get("/en/partners/network/").context["drawing"]
    without = client.get("/en/partners/network/", {"without": both.slug}).context["drawing"]

    before = {(mark.number, mark.x, mark.y) for mark, _ in with_all.named}
    gone = {(mark.x, mark.y) for mark, _ in without.named if mark.shape == "gone"}
    assert {(mark.number, mark.x, mark.y) for mark, _ in without.named if mark.shape != "gone"} < before
    assert gone == {(mark.x, mark.y) for mark, _ in with_all.named if mark.number == 1}


def test_network_without_a_sector_says_that_nobody_of_it_is_left(client):
    both = make_bridge()
    both_agreements = {party.agreement for party in both.parties.all()}
    for agreement in both_agreements:
        make_party(agreement=agreement, organization=make_organization(sector="public"))
    lone = make_agreement()
    make_party(agreement=lone, organization=both)
    make_party(agreement=lone, organization=make_organization(sector="education"))

    finding = client.get("/en/partners/network/", {"without": both.slug}).context["finding"]

    assert "nobody would be left there from: education;" in finding


def test_network_without_somebody_who_ties_nothing_says_so(client):
    _, (busy, lazy) = make_network(2)
    make_kept(busy)

    finding = client.get("/en/partners/network/", {"without": lazy.slug}).context["finding"]

    assert finding == f"Without {lazy.name_en} nothing changes: no tie that is counted here leads to it."


def test_network_without_somebody_who_has_no_part_in_it_says_so(client):
    make_network(2)
    stranger = make_organization()

    response = client.get("/en/partners/network/", {"without": stranger.slug})

    assert response.context["finding"] == f"Without {stranger.name_en} nothing changes: it has no part in this network."
    assert len(response.context["table"].rows) == 2


def test_network_without_somebody_beside_others_stays_connected(client):
    _, (busy, *_others) = make_network(3)
    make_kept(busy)

    finding = client.get("/en/partners/network/", {"ties": "all", "without": busy.slug}).context["finding"]

    assert finding == f"Without {busy.name_en} all others stay connected; 1 kept promise would be missing."
