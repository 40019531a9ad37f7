import csv
import io

import pytest
from openpyxl import load_workbook

from tests.factories.cities import make_city
from tests.factories.partners import (
    make_agreement,
    make_announcement,
    make_commitment,
    make_contact,
    make_organization,
    make_party,
)

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


@pytest.mark.parametrize("name", ["atlantis.csv", "partners.pdf"])
def test_other_lists_and_files_are_not_there(client, name):
    assert client.get(f"/lists/{name}").status_code == 404


@pytest.mark.parametrize("page", ["partners", "agreements", "promises"])
def test_pages_lead_to_their_files_with_the_same_filters(client, page):
    city = make_city(slug="sample")
    make_commitment(state="confirmed", city=city)
    make_party(agreement=make_agreement(city=city), organization=make_organization(home=city))

    html = client.get(f"/en/{page}/?city=sample&page=1").content.decode()

    assert f"/en/lists/{page}.xlsx?city=sample" in html
