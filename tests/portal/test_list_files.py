import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from learningcity.portal.views.list_files import LISTS
from tests.factories.awards import make_category, make_edition
from tests.factories.cities import make_alias, make_city, make_membership, make_milestone, make_network
from tests.factories.library import make_place, make_resource
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import (
    make_agreement,
    make_announcement,
    make_commitment,
    make_contact,
    make_organization,
    make_party,
)
from tests.factories.plans import make_action, make_objective, make_plan
from tests.factories.practices import make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def csv_of(client, address):
    content = b"".join(client.get(address).streaming_content)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_partners_as_a_file_are_narrowed_as_the_page_is_and_hold_no_contact(client):
    city = make_city()
    organization = make_organization(home=city, name_en="Ours", aliases=["a", "b"])
    make_contact(organization=organization, person="canary", phone="canary")
    make_organization(name_en="Theirs")

    rows = csv_of(client, f"/en/lists/partners.csv?city={city.slug}")

    assert [row[1] for row in rows] == ["Name in English", "Ours"]
    assert (rows[1][2], rows[1][-1]) == ("a; b", organization.slug)
    assert "canary" not in str(rows)


def test_partners_as_a_file_are_never_formulas(client):
    make_organization(name_en="=cmd|' /C calc'!A0")

    rows = csv_of(client, "/en/lists/partners.csv")

    assert rows[1][1] == "'=cmd|' /C calc'!A0"


def test_agreements_as_a_file_keep_announced_and_entered_apart(client):
    said = make_announcement(agreement=make_party().agreement)

    (_headings, row) = csv_of(client, "/en/lists/agreements.csv")

    assert (row[3], row[6], row[7], row[-1]) == ("2024-09-17", "100", "1", said.agreement.slug)


def test_files_are_in_the_language_of_their_reader(client):
    promise = make_commitment(state="confirmed", city=make_city(name_th="เมืองหนึ่ง", name_en="City One"))

    english, thai = (csv_of(client, f"{language}/lists/promises.csv")[1] for language in ("/en", ""))

    assert (english[0], english[1], english[8]) == (promise.organization.name_en, "City One", "not yet due")
    assert (thai[0], thai[1]) == (promise.organization.name_th, "เมืองหนึ่ง")


def test_promises_as_a_workbook_hold_only_what_both_sides_confirmed(client):
    shown = make_commitment(state="confirmed")
    make_commitment()

    content = b"".join(client.get("/en/lists/promises.xlsx").streaming_content)

    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert [row[-1] for row in rows] == ["Key", shown.slug]
    assert rows[1][3] == 1000


def test_cities_as_a_file_are_narrowed_as_the_page_is_and_tell_since_when(client):
    city = make_city(kind="municipality", name_en="City One", slug="one")
    make_alias(city=city, name="C1")
    make_alias(city=city, name="Seat One", kind="misnomer")
    make_membership(("active", dt.date(2019, 2, 1)), city=city)
    make_city(kind="province")

    (headings, row) = csv_of(client, "/en/lists/cities.csv?kind=municipality&page=1")

    told = dict(zip(headings, row, strict=True))
    assert (told["Name in English"], told["Other names"], told["Kind"]) == ("City One", "C1", "municipality")
    assert (told["In UNESCO’s network since"], told["Latitude"], told["Key"]) == ("2019-02-01", "", "one")


def test_facts_as_a_file_keep_vague_dates_and_name_their_sources(client):
    source = make_source(title_th="รายงาน", title_en="Report", url="https://example.org/r")
    learners = make_indicator(slug="learners", name_th="ผู้เรียน", name_en="Learners")
    vague = {"observed_on": dt.date(2024, 1, 1), "observed_precision": "year"}
    said = make_observation(indicator=learners, value=100_000, source=source, **vague)
    make_observation(indicator=learners)

    (headings, row) = csv_of(client, f"/lists/facts.csv?city={said.city.slug}")

    assert headings[:3] == ["ตัวชี้วัด", "หน่วย", "เมือง"]
    assert (row[0], row[2], row[4], row[6]) == ("ผู้เรียน", said.city.name_th, "100000", "2024")
    assert row[-3:] == ["รายงาน", "https://example.org/r", "learners"]


def test_facts_of_all_places_stand_in_one_file(client):
    make_observation(city=make_city())
    make_observation(city=None, network=make_network(name_en="Network One"))

    rows = csv_of(client, "/en/lists/facts.csv")

    assert [row[3] for row in rows] == ["Network", "", "Network One"]


def test_milestones_as_a_file_are_those_of_a_city_or_of_all(client):
    first, _second = make_milestone(), make_milestone()

    of_one = csv_of(client, f"/en/lists/milestones.csv?city={first.city.slug}")
    of_all = csv_of(client, "/en/lists/milestones.csv")

    assert [row[-1] for row in of_one] == ["Key", first.slug]
    assert (of_one[1][1], len(of_all)) == (first.happened_on.isoformat(), 3)


def test_practices_as_a_file_are_narrowed_as_the_page_is(client):
    shown = make_practice(title_en="=1+1", theme="equity_inclusion")
    make_practice()

    rows = csv_of(client, "/en/lists/practices.csv?theme=equity_inclusion")

    assert [(row[1], row[-1]) for row in rows] == [("Name in English", "Key"), ("'=1+1", shown.slug)]


def test_sources_as_a_file_are_narrowed_and_count_what_rests_on_them(client):
    shown = make_source(kind="dataset")
    make_observation(source=shown)
    make_source(kind="website")

    rows = csv_of(client, "/en/lists/sources.csv?kind=dataset")

    assert [row[-2:] for row in rows] == [["Facts", "Key"], ["1", shown.slug]]


def test_awards_as_a_file_have_a_row_for_each_category(client):
    edition = make_edition(name_en="Award One")
    make_category(edition=edition, name_en="Category One")
    make_edition(name_en="Award Two")

    rows = csv_of(client, "/en/lists/awards.csv")

    assert sorted((row[0], row[5]) for row in rows[1:]) == [("Award One", "Category One"), ("Award Two", "")]


def test_plans_as_a_file_count_what_they_hold(client):
    plan = make_action(objective=make_objective(plan=make_plan(title_en="Plan One"))).objective.plan

    (_headings, row) = csv_of(client, "/en/lists/plans.csv")

    assert row[:1] + row[2:9] == [plan.city.name_en, "Plan One", "2023-10-01", "2027-09-30", "1", "0", "1", "0"]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_is_a_workbook_too(client, name):
    content = b"".join(client.get(f"/lists/{name}.xlsx").streaming_content)

    assert len(list(load_workbook(io.BytesIO(content)).active.values)) == 1


@pytest.mark.parametrize("name", sorted(LISTS))
def test_lists_take_as_many_queries_for_three_rows_as_for_one(client, name):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            rows = len(csv_of(client, f"/lists/{name}.csv"))
        return rows, len(counted)

    make_everything()
    csv_of(client, f"/lists/{name}.csv")
    few, first = queries()
    make_everything()
    make_everything()
    many, last = queries()

    assert (many > few, last) == (True, first)


def make_everything():
    city = make_city()
    make_observation(city=city)
    make_milestone(city=city)
    make_practice(city=city)
    make_category()
    make_place(city=city)
    make_resource(city=city)
    make_plan(city=city)
    make_party(agreement=make_agreement(city=city))
    make_commitment(state="confirmed", city=city)


def test_a_file_is_sent_in_the_language_of_its_reader_whatever_was_sent_meanwhile(client):
    make_milestone(city=make_city(name_th="เมืองหนึ่ง", name_en="City One"))

    thai = client.get("/lists/milestones.csv")
    english = csv_of(client, "/en/lists/milestones.csv")

    assert english[1][0] == "City One"
    assert "เมืองหนึ่ง" in b"".join(thai.streaming_content).decode()


def test_facts_of_a_city_that_nobody_knows_are_not_there(client):
    assert client.get("/lists/facts.csv?city=atlantis").status_code == 404


@pytest.mark.parametrize("name", ["atlantis.csv", "partners.pdf"])
def test_other_lists_and_files_are_not_there(client, name):
    assert client.get(f"/lists/{name}").status_code == 404


@pytest.mark.parametrize("page", ["cities", "practices", "sources", "awards", "plans"])
def test_other_pages_lead_to_their_files_too(client, page):
    make_everything()

    html = client.get(f"/en/{page}/?kind=&page=1").content.decode()

    assert f'"/en/lists/{page}.csv?kind="' in html


def test_the_page_of_a_city_leads_to_its_numbers_and_milestones(client):
    city = make_city(slug="sample")

    html = client.get(f"/cities/{city.slug}/").content.decode()

    assert [f'"/lists/{name}.csv?city=sample"' in html for name in ("facts", "milestones")] == [True, True]


@pytest.mark.parametrize("page", ["partners", "agreements", "promises"])
def test_pages_lead_to_their_files_with_the_same_filters(client, page):
    city = make_city(slug="sample")
    make_commitment(state="confirmed", city=city)
    make_party(agreement=make_agreement(city=city), organization=make_organization(home=city))

    html = client.get(f"/en/{page}/?city=sample&page=1").content.decode()

    assert f"/en/lists/{page}.xlsx?city=sample" in html
