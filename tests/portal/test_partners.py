import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from learningcity.portal.actions.load import reindex_all
from tests.factories.cities import make_city
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import (
    PDF,
    make_agreement,
    make_announcement,
    make_clerk,
    make_commitment,
    make_contact,
    make_evidence,
    make_file,
    make_goal,
    make_goal_link,
    make_invitation,
    make_organization,
    make_party,
    make_presence,
    make_signatory,
    make_target,
    make_visit,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def names(response):
    return [one.name_th for one in response.context["page"]]


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def fill_agreement(count):
    """Make an agreement with so many of everything."""
    agreement = make_agreement()
    for number in range(count):
        party = make_party(agreement=agreement)
        make_signatory(party=party)
        make_announcement(agreement=agreement)
        make_goal_link(agreement=agreement, goal=make_goal(number + 1))
        make_file(PDF + bytes([number]), agreement=agreement, visibility="public")
        promise = make_commitment(agreement=agreement, city=agreement.city, state="kept")
        make_evidence(commitment=promise, checked_at=timezone.now())
        make_agreement(renews=agreement)
    return agreement


# --- On the page of a city ------------------------------------------------------------------------------------------------


def test_city_tells_of_its_partners_its_agreements_its_promises_and_its_visits(client):
    city = make_city()
    make_party(agreement=make_agreement(city=city, title_en="Our agreement"), organization=make_organization(home=city))
    for state in ("kept", "kept", "confirmed"):
        make_commitment(city=city, state=state)
    make_commitment(city=city)
    for state in ("done", "followed_up", "requested", "declined"):
        make_visit(host=city, state=state)
    make_visit(guest=city, state="done")

    response = client.get(f"/en/cities/{city.slug}/")

    told, words = response.context["page"].partners, words_of(response)
    assert [(outcome.value, number) for outcome, number in told.outcomes] == [("open", 1), ("kept", 2)]
    assert (told.organizations, told.received, told.made) == (1, 2, 1)
    assert "1 organization : public sector 1" in words
    assert "in force · 1 partner entered" in words
    assert "2 groups of other cities came here to learn." in words


def test_city_without_partners_has_no_section_for_them(client):
    city = make_city()

    assert 'id="partners"' not in client.get(f"/en/cities/{city.slug}/").content.decode()


# --- Organizations ------------------------------------------------------------------------------------------------------


def test_partners_stand_in_the_order_of_a_thai_dictionary(client):
    for name in ("เกาะ", "กา", "ขวัญ"):
        make_organization(name_th=name)

    assert names(client.get("/partners/")) == ["กา", "เกาะ", "ขวัญ"]


def test_partners_are_narrowed_to_a_city_in_which_they_work_in_any_way(client):
    city = make_city()
    home = make_organization(home=city)
    present = make_presence(city=city).organization
    agreed = make_party(agreement=make_agreement(city=city)).organization
    make_organization(home=make_city())

    found = client.get("/partners/", {"city": city.slug}).context["page"]

    assert set(found) == {home, present, agreed}


def test_partners_are_narrowed_to_a_sector_and_to_a_name(client):
    wanted = make_organization(sector="private", aliases=["KKTT"])
    make_organization(sector="private")
    make_organization(sector="education", aliases=["KKTT"])

    assert names(client.get("/partners/", {"sector": "private", "words": "kktt"})) == [wanted.name_th]


@pytest.mark.parametrize("name", ["city", "sector"])
def test_partners_say_that_a_filter_is_unknown_and_leave_it_out(client, name):
    organization = make_organization()

    response = client.get("/en/partners/", {name: "atlantis"})

    assert names(response) == [organization.name_th]
    assert "“atlantis”" in str(response.context["form"].errors[name])


def test_partners_without_any_say_what_they_are_for(client):
    assert "A partner is an organization that works with a city on learning." in words_of(client.get("/en/partners/"))


@pytest.mark.parametrize("path", ["/partners/", "/agreements/", "/promises/"])
def test_fragment_is_part_of_the_whole_page(client, path):
    promise = make_commitment(state="confirmed")
    make_party(agreement=make_agreement(city=promise.city), organization=promise.organization)

    whole = client.get(path).content.decode()
    fragment = client.get(path, headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in whole
    assert "<html" not in fragment


@pytest.mark.parametrize("count", [1, 3])
def test_partners_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_organization(home=make_city())

    # The cities to choose from, how many there are in each sector, how many in all, the organizations, their table.
    with django_assert_num_queries(5):
        client.get("/partners/")


@pytest.mark.parametrize("count", [1, 3])
def test_organization_takes_the_same_queries_however_much_is_told(client, count, django_assert_num_queries):
    organization = make_organization(home=make_city())
    for _ in range(count):
        make_party(organization=organization)
        make_presence(organization=organization)
        promise = make_commitment(organization=organization, state="kept")
        make_evidence(commitment=promise, checked_at=timezone.now())
        make_organization(parent=organization)

    # The organization, its agreements, its cities, its promises, what shows them, its parts.
    with django_assert_num_queries(6):
        client.get(reverse("organization", args=[organization.slug]))


def test_organization_that_nobody_knows_is_not_there(client):
    assert client.get("/organizations/atlantis/").status_code == 404
    assert client.get("/agreements/atlantis/").status_code == 404


# --- Agreements ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_agreements_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_announcement(agreement=make_party().agreement)

    # The cities to choose from, how many, the agreements, what was announced, parties and goals entered, their table.
    with django_assert_num_queries(7):
        client.get("/agreements/")


@pytest.mark.parametrize("count", [1, 3])
def test_agreement_takes_the_same_queries_however_much_is_told(client, count, django_assert_num_queries):
    agreement = fill_agreement(count)

    # The agreement, what was announced, parties and goals counted, parties, goals named, all goals, people, files, promises,
    # what shows them, later agreements.
    with django_assert_num_queries(12):
        client.get(reverse("agreement", args=[agreement.slug]))


def test_agreements_are_narrowed_by_how_they_stand(client):
    make_agreement()
    over = make_agreement(ends_on=TODAY - dt.timedelta(days=1))

    lines = client.get("/agreements/", {"standing": "ended"}).context["lines"]

    assert [line.agreement for line in lines] == [over]


def test_agreement_counts_goals_that_are_named_where_as_many_were_announced(client):
    agreement = make_agreement()
    goals = make_observation(city=agreement.city, value=1, indicator=make_indicator(unit_th="", unit_en=""))
    make_goal_link(agreement=agreement, goal=make_goal(4), target=make_target("4.7", text_en="Skills."))
    make_announcement(agreement=agreement, of="goals", observation=goals)

    page = words_of(client.get(f"/en/agreements/{agreement.slug}/"))

    assert "1 of 17, counted from those that are named." in page
    assert "Target 4.7: Skills." in page
    assert "Which the others are is not known." not in page


def test_agreement_hands_out_public_documents_byte_for_byte(client):
    file = make_file(visibility="public")

    answer = client.get(reverse("agreement-file", args=[file.agreement.slug, file.sha256]))

    assert b"".join(answer.streaming_content) == PDF
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_agreement_says_to_machines_who_has_a_part(client):
    agreement = fill_agreement(1)

    html = client.get(f"/en/agreements/{agreement.slug}/").content.decode()

    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1))
    assert said["dateCreated"] == "2024-09-17"
    assert [one["name"][1]["@value"] for one in said["contributor"]] == [
        party.organization.name_en for party in agreement.parties.all()
    ]


# --- Promises -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_promises_take_the_same_queries_however_many_there_are(client, count, django_assert_num_queries):
    for _ in range(count):
        make_evidence(commitment=make_commitment(state="kept"), checked_at=timezone.now())

    # The cities to choose from, what became of all, how many, the promises, what shows them, each city's, the cities,
    # their table.
    with django_assert_num_queries(8):
        client.get("/promises/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "confirmed"}, "not yet due"),
        ({"state": "confirmed", "due_on": TODAY}, "not yet due"),
        ({"state": "confirmed", "due_on": TODAY - dt.timedelta(days=1)}, "late"),
        ({"state": "kept", "due_on": dt.date(2025, 1, 1)}, "kept"),
        ({"state": "kept", "due_on": dt.date(2024, 12, 31)}, "kept, but after its day"),
        ({"state": "broken"}, "broken"),
        ({"state": "withdrawn"}, "withdrawn"),
    ],
)
def test_promises_say_in_words_what_became_of_them(client, changes, words):
    make_commitment(**changes)

    html = client.get("/en/promises/").content.decode()

    assert " ".join(re.search(r'class="outcome">(.*?)</p>', html, re.DOTALL).group(1).split()) == words


def test_promises_are_narrowed_to_what_became_of_them(client):
    late = make_commitment(state="confirmed", due_on=TODAY - dt.timedelta(days=1))
    make_commitment(state="confirmed")

    response = client.get("/promises/", {"outcome": "late"})

    assert [promise.commitment for promise in response.context["promises"]] == [late]


def test_promises_are_counted_city_by_city(client):
    city = make_city()
    for state in ("kept", "kept", "broken"):
        make_commitment(city=city, state=state)
    make_commitment(city=city)

    (counted,) = client.get("/en/promises/").context["by_city"]

    assert (counted[0], [(outcome.value, number) for outcome, number in counted[1]]) == (
        city,
        [("kept", 2), ("broken", 1)],
    )


def test_promises_without_any_invent_none(client):
    assert "None is made up to fill this page." in words_of(client.get("/en/promises/"))


# --- What is nobody's business --------------------------------------------------------------------------------------------


def test_public_pages_hold_nothing_private(client):
    canary = "ความลับ-canary"
    city = make_city()
    agreement = make_agreement(city=city)
    organization = make_organization(home=city)
    make_party(agreement=agreement, organization=organization)
    make_contact(organization=organization, person=canary, email="canary@example.org", phone=canary)
    clerk = make_clerk(organization=organization)
    clerk.user.name = clerk.user.email = "canary@example.org"
    clerk.user.save()
    make_invitation(organization=organization, email="canary@example.org")
    make_file(agreement=agreement, name=f"{canary}.pdf")
    make_commitment(city=city, organization=organization, agreement=agreement, text_th=canary, text_en="canary")
    for state in ("proposed", "withdrawn"):
        unconfirmed = make_commitment(city=city, organization=organization, text_th=canary, text_en="canary")
        unconfirmed.state, unconfirmed.settled_on = state, TODAY if state == "withdrawn" else None
        unconfirmed.save()
    shown = make_commitment(city=city, organization=organization, agreement=agreement, state="kept")
    make_evidence(commitment=shown, text_th=canary, text_en="canary", by=clerk.user)
    make_visit(host=city, request=canary, answer=canary, topic_th=canary, topic_en="canary")
    reindex_all()
    pages = [
        "/partners/",
        f"/organizations/{organization.slug}/",
        "/agreements/",
        f"/agreements/{agreement.slug}/",
        "/promises/",
        f"/cities/{city.slug}/",
        f"/cities/{city.slug}/print/",
        "/changes.atom",
    ]

    leaks = [
        (language, page)
        for language in ("", "/en")
        for page in pages
        if "canary" in client.get(f"{language}{page}").content.decode()
    ]
    # What was asked for stands in the field of the search again.
    hits = [client.get("/search/", {"q": words}).context["page"].paginator.count for words in ("canary", canary)]

    assert leaks == []
    assert hits == [0, 0]


def test_private_documents_are_not_handed_out(client):
    file = make_file()

    assert client.get(reverse("agreement-file", args=[file.agreement.slug, file.sha256])).status_code == 404


def test_pages_say_which_language_a_name_is_in(client):
    organization = make_organization(name_en="", name_th="หน่วยงานไทย")

    html = client.get(f"/en/organizations/{organization.slug}/").content.decode()

    assert '<span lang="th" class="foreign">หน่วยงานไทย</span>' in html


def test_sitemap_names_every_organization_and_agreement(client):
    party = make_party()

    listed = client.get("/sitemap.xml").content.decode()

    for address in (f"/organizations/{party.organization.slug}/", f"/agreements/{party.agreement.slug}/", "/promises/"):
        assert address in listed
