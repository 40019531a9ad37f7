"""The lists of the site as files: the same rows as on the page, in every kind of file, whole and in parts."""

import csv
import datetime as dt
import io
import json

import duckdb
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from learningcity.common.columnar import writing
from learningcity.opendata.models import Dataset
from learningcity.portal.queries.lists import LISTS
from tests.factories.awards import make_category, make_edition
from tests.factories.cities import make_alias, make_city, make_membership, make_milestone, make_network
from tests.factories.library import make_place, make_resource
from tests.factories.opendata import make_catalog, make_observation
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
FORMS = ("csv", "csv?bom=1", "xlsx", "json", "parquet", "geojson")
WITH_PLACES = {"cities", "learning-places", "partners"}


@pytest.fixture(autouse=True)
def _catalog():
    make_catalog()


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def rows_of(client, address):
    """Return a CSV as one dictionary for each row."""
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(body(answer).decode(), newline="")))


def opened(content, form, folder):
    """Return the rows of a file, as many as it has, read by the program for which it is meant."""
    if form == "xlsx":
        return list(load_workbook(io.BytesIO(content)).worksheets[0].values)[1:]
    if form == "geojson":
        return json.loads(content)["features"]
    path = folder / f"list.{form}"
    path.write_bytes(content)
    if form == "json":
        return json.loads(content)
    read = {"parquet": "read_parquet('{}')", "csv": "read_csv('{}', header = true)"}[form].format(path)
    return duckdb.sql(f"SELECT * FROM {read}").fetchall()


def make_everything(city=None):
    city = city or make_city(latitude="16.43", longitude="102.83", location_source=make_source())
    make_observation(city=city)
    make_milestone(city=city)
    make_practice(city=city)
    make_category()
    make_place(city=city)
    make_resource(city=city)
    make_plan(city=city)
    make_party(agreement=make_agreement(city=city))
    make_commitment(state="confirmed", city=city)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_opens_in_every_kind_of_file(client, tmp_path, name):
    make_everything()
    count = len(rows_of(client, f"/lists/{name}.csv"))

    found = {}
    for form in FORMS:
        answer = client.get(f"/lists/{name}.{form}")
        if answer.status_code == 200:
            found[form] = len(opened(body(answer), form.partition("?")[0], tmp_path))

    assert count > 0
    assert found == {form: count for form in FORMS if form != "geojson" or name in WITH_PLACES}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", ["/lists/cities.{}", "/en/lists/cities.{}", "/en/lists/cities.{}{}kind=province"])
def test_a_list_is_known_again_and_comes_in_parts(client, address, form):
    make_city(kind="province")
    address = address.format(form, "&" if "?" in form else "?")
    whole = client.get(address)
    content, etag = body(whole), whole["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})
    part = client.get(address, headers={"Range": "bytes=1-8", "If-Range": etag})
    end = client.get(address, headers={"Range": "bytes=-3"})
    beyond = client.get(address, headers={"Range": f"bytes={len(content)}-"})
    head = client.head(address)

    assert [one.status_code for one in (again, part, end, beyond, head)] == [304, 206, 206, 416, 200]
    assert (body(again), body(part), body(end), body(head)) == (b"", content[1:9], content[-3:], b"")
    assert (part["Content-Range"], beyond["Content-Range"]) == (
        f"bytes 1-8/{len(content)}",
        f"bytes */{len(content)}",
    )
    assert (head["Content-Length"], head["ETag"], head["Cache-Control"]) == (
        str(len(content)),
        etag,
        "public, max-age=60, must-revalidate",
    )


def test_a_list_has_another_mark_for_other_rows_alone(client):
    make_city(kind="province")
    addresses = [f"/lists/cities.csv{query}" for query in ("", "?kind=province", "?kind=municipality")]
    before = [client.head(address)["ETag"] for address in addresses]
    make_city(kind="municipality")
    after = [client.head(address)["ETag"] for address in addresses]

    assert len({*before, *after}) == 6
    assert client.head(addresses[0], headers={"Cookie": "sessionid=x"})["ETag"] == after[0]


def test_a_whole_list_is_the_file_of_the_dataset(client):
    make_city()

    assert client.head("/lists/cities.csv")["ETag"] == client.head("/data/cities/latest/cities.csv")["ETag"]


def test_a_list_says_whose_it_is_and_that_it_is_a_part(client):
    make_city(kind="province")
    link = client.get("/lists/cities.csv?kind=province")["Link"]
    told = json.loads(body(client.get("/lists/cities.geojson?kind=province")))

    assert 'rel="license"' in link
    assert '<http://localhost:8000/data/cities/>; rel="cite-as"' in link
    assert told["selection"] == "บางแถวของตาราง / some rows of the table"
    assert "selection" not in json.loads(body(client.get("/lists/cities.geojson")))


def test_programs_of_other_sites_may_read_a_list_and_nothing_else(client):
    asked = client.options("/lists/cities.csv")

    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.post("/lists/cities.csv").status_code == 405


def test_a_workbook_has_the_headings_of_its_reader_and_no_formula(client):
    make_practice(title_en="=1+1")

    thai, english = (
        load_workbook(io.BytesIO(body(client.get(f"{home}/lists/practices.xlsx")))).worksheets[0]
        for home in ("", "/en")
    )

    assert (thai["A1"].value, english["A1"].value) == ("รหัสแนวปฏิบัติ", "Key")
    names = [cell.value for cell in english[1]]
    cell = english.cell(2, names.index("Name (English)") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_list_too_long_for_a_workbook_leads_to_the_csv_with_the_same_filters(client, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 0)
    make_city()
    answer = client.get("/lists/cities.xlsx?q=city")

    assert (answer.status_code, answer["Link"].split(";")[0]) == (
        406,
        "<http://localhost:8000/lists/cities.csv?q=city>",
    )


def test_partners_as_a_file_are_narrowed_as_the_page_is_and_hold_no_contact(client):
    city = make_city()
    organization = make_organization(home=city, name_en="Ours", aliases=["a", "b"])
    make_contact(organization=organization, person="canary", phone="canary")
    make_organization(name_en="Theirs")

    (row,) = rows_of(client, f"/en/lists/partners.csv?city={city.slug}")

    assert (row["name_en"], row["other_names"], row["slug"]) == ("Ours", "a; b", organization.slug)
    assert row["home_name_en"] == city.name_en
    assert "canary" not in str(row)


def test_agreements_as_a_file_keep_announced_and_entered_apart(client):
    agreement = make_party().agreement
    make_announcement(agreement=agreement)
    about = make_observation(city=agreement.city, value=90, qualifier="about")
    make_announcement(agreement=agreement, observation=about)

    (row,) = rows_of(client, "/en/lists/agreements.csv")

    told = [row[name] for name in ("parties_announced", "parties_entered", "goals_announced", "goals_entered")]
    assert told == ["100; about 90", "1", "", "0"]
    assert (row["signed_on"], row["slug"]) == ("2024-09-17", agreement.slug)


@pytest.mark.parametrize("query", ["?outcome=open", "?kind=money", "?city=sample"])
def test_promises_as_a_file_are_narrowed_and_hold_only_what_both_sides_confirmed(client, query):
    sample = make_city(slug="sample")
    far = dt.date(2999, 1, 1)
    shown = make_commitment(state="confirmed", city=sample, kind="money", due_on=far)
    make_commitment(city=sample, kind="money")
    make_commitment(state="confirmed", kind="people", due_on=dt.date(2020, 1, 1))

    (row,) = rows_of(client, f"/en/lists/promises.csv{query}")

    assert (row["slug"], row["amount"], row["organization_name_en"]) == (
        shown.slug,
        "1000",
        shown.organization.name_en,
    )


def test_cities_as_a_file_are_narrowed_as_the_page_is_and_tell_since_when(client):
    city = make_city(kind="municipality", name_en="City One", slug="one")
    make_alias(city=city, name="C1")
    make_alias(city=city, name="Seat One", kind="misnomer")
    make_membership(("active", dt.date(2019, 2, 1)), city=city)
    make_city(kind="province")

    (row,) = rows_of(client, "/en/lists/cities.csv?kind=municipality&page=1")

    assert (row["name_en"], row["other_names"], row["kind"]) == ("City One", "C1", "municipality")
    assert (row["member_since"], row["latitude"], row["slug"]) == ("2019-02-01", "", "one")


def test_facts_as_a_file_keep_vague_dates_and_name_their_sources(client):
    source = make_source(slug="report", url="https://example.org/r")
    vague = {"observed_on": dt.date(2024, 1, 1), "observed_precision": "year"}
    said = make_observation(value=100_000, source=source, **vague)
    make_observation(indicator=said.indicator)

    (row,) = rows_of(client, f"/lists/facts.csv?city={said.city.slug}")

    assert (row["city_name_th"], row["value"]) == (said.city.name_th, "100000")
    assert (row["observed_on"], row["observed_precision"]) == ("2024-01-01", "year")
    assert (row["source"], row["source_url"]) == ("report", "https://example.org/r")


def test_facts_of_all_places_stand_in_one_file(client):
    make_observation(city=make_city(slug="one"))
    make_observation(city=None, network=make_network(slug="two"))

    assert [(row["city"], row["network"]) for row in rows_of(client, "/lists/facts.csv")] == [("one", ""), ("", "two")]


def test_milestones_as_a_file_are_those_of_a_city_or_of_all(client):
    first, _second = make_milestone(), make_milestone()

    (row,) = rows_of(client, f"/en/lists/milestones.csv?city={first.city.slug}")

    assert (row["slug"], row["happened_on"]) == (first.slug, first.happened_on.isoformat())
    assert len(rows_of(client, "/en/lists/milestones.csv")) == 2


def test_practices_as_a_file_are_narrowed_as_the_page_is(client):
    shown = make_practice(theme="equity_inclusion")
    make_practice()

    assert [row["slug"] for row in rows_of(client, "/lists/practices.csv?theme=equity_inclusion")] == [shown.slug]


def test_sources_as_a_file_are_narrowed(client):
    shown = make_source(kind="dataset")
    make_source(kind="website")

    assert [row["slug"] for row in rows_of(client, "/lists/sources.csv?kind=dataset")] == [shown.slug]


def test_awards_as_a_file_have_their_categories_beside_them(client):
    make_category(edition=make_edition(name_en="Award One"), name_en="Category One")
    make_edition(name_en="Award Two")

    assert sorted(row["name_en"] for row in rows_of(client, "/lists/awards.csv")) == ["Award One", "Award Two"]
    (row,) = rows_of(client, "/lists/award-categories.csv")
    assert (row["edition_name_en"], row["name_en"]) == ("Award One", "Category One")


def test_plans_as_a_file_are_those_in_force_and_count_what_they_hold(client):
    plan = make_action(objective=make_objective(plan=make_plan(title_en="Plan One"))).objective.plan
    make_plan(city=plan.city, state="closed")

    (row,) = rows_of(client, "/en/lists/plans.csv")

    assert (row["city_name_en"], row["title_en"]) == (plan.city.name_en, "Plan One")
    assert [row[name] for name in ("objectives", "targets", "actions", "done")] == ["1", "0", "1", "0"]


@pytest.mark.parametrize("query", ["", "?city=sample"])
@pytest.mark.parametrize("name", sorted(LISTS))
def test_lists_take_as_many_queries_for_three_rows_as_for_one(client, name, query):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.head(f"/lists/{name}.csv{query}")
        return len(counted)

    make_everything(make_city(slug="sample"))
    queries()
    make_everything()
    first = queries()
    make_everything()
    make_everything()

    assert (queries(), first <= 16) == (first, True)


@pytest.mark.parametrize("name", ["facts", "milestones"])
def test_facts_of_a_city_that_nobody_knows_are_not_there(client, name):
    assert client.get(f"/lists/{name}.csv?city=atlantis").status_code == 404


@pytest.mark.parametrize(
    "name", ["atlantis.csv", "partners.pdf", "practices.geojson", "cities.xlsx-en", "cities.csv-bom"]
)
def test_other_lists_and_files_are_not_there(client, name):
    assert client.get(f"/lists/{name}").status_code == 404


def test_a_withdrawn_table_is_no_list_either_and_no_page_leads_to_it(client):
    make_everything()
    withdrawn = {
        "withdrawn_at": dt.datetime(2024, 9, 17, tzinfo=dt.UTC),
        "reason_th": "นับผิด",
        "reason_en": "Counted wrongly.",
    }
    Dataset.objects.filter(publication="practices").update(**withdrawn)

    answer = client.get("/lists/practices.csv")

    assert (answer.status_code, answer.content.decode()) == (410, "นับผิด / Counted wrongly.\n")
    assert "/lists/" not in client.get("/en/practices/").content.decode()


PAGES = {
    "cities": "cities facts milestones",
    "practices": "practices",
    "sources": "sources",
    "awards": "awards award-categories",
    "plans": "plans",
    "partners": "partners",
    "agreements": "agreements",
    "promises": "promises",
    "library": "learning-resources learning-places",
    "cities/sample": "facts milestones",
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_lead_to_their_lists_in_every_kind_of_file(client, page):
    make_everything()
    make_milestone(city=make_city(slug="sample"))

    html = client.get(f"/en/{page}/?kind=&page=1").content.decode()

    query = "?city=sample" if page == "cities/sample" else ""
    for name in PAGES[page].split():
        forms = [form for form in FORMS if "?" not in form and (form != "geojson" or name in WITH_PLACES)]
        assert [form for form in forms if f'"/en/lists/{name}.{form}{query}"' in html] == forms
        assert f'"/en/lists/{name}.csv{query}{"&amp;" if query else "?"}bom=1"' in html
        assert f'<a href="/en/data/{LISTS[name]}/">' in html


@pytest.mark.parametrize("page", ["partners", "agreements", "promises", "practices", "library"])
def test_pages_lead_to_their_files_with_the_same_filters_and_say_so(client, page):
    city = make_city(slug="sample")
    make_commitment(state="confirmed", city=city)
    make_party(agreement=make_agreement(city=city), organization=make_organization(home=city))
    make_practice(city=city)
    make_place(city=city)

    html = client.get(f"/en/{page}/?city=sample&page=1&ref=mail&theme=atlantis").content.decode()

    assert f'/en/lists/{PAGES[page].split()[0]}.xlsx?city=sample"' in html
    assert "Only what your filters left." in html
