"""What the site says already, taken out as a table and brought back: nothing changes."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from learningcity.imports import exports
from learningcity.imports.registry import table_named, tables
from tests.factories.cities import make_city, make_milestone, make_network, make_role
from tests.factories.imports import make_import, workbook, write_import
from tests.factories.library import make_place, make_resource
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.partners import (
    make_agreement,
    make_commitment,
    make_organization,
    make_party,
    make_signatory,
)

pytestmark = pytest.mark.django_db

VAGUE = dt.date(2024, 9, 1)
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def city():
    return make_city(slug="sample", name_th="เมืองตัวอย่าง")


@pytest.fixture
def everything(city):
    """Make records of every table, some of them vague, half empty or dangerous, and one of each in another city."""
    facts = make_indicator(slug="learners"), make_indicator(slug="places")
    make_observation(city=city, indicator=facts[0], value="1234.5", qualifier="more_than", note_th=FORMULA)
    make_observation(city=city, indicator=facts[1], observed_on=VAGUE, observed_precision="month", certainty="inferred")
    make_milestone(city=city, text_th="", text_en="-2+3", original="en", happened_on=VAGUE, happened_precision="month")
    make_milestone(city=city, original="en", text_th="สองบรรทัด\nของเมือง")
    organization = make_organization(home=city, aliases=["นต.", "SO"], original="en", kind="state_agency")
    agreement = make_agreement(city=city)
    party = make_party(agreement=agreement, organization=organization, role="took_part", note_en="Note.")
    make_signatory(party=party, signed_on=VAGUE, signed_precision="month", capacity="witnessed")
    make_signatory(party=None, agreement=agreement, name_en="")
    make_commitment(city=city, organization=organization, agreement=agreement, due_on=dt.date(2027, 9, 30))
    make_commitment(city=city, organization=organization, state="kept", amount="12.50", original="en")
    where = {"latitude": "16.438", "longitude": "102.837", "area_th": "ในเมือง", "area_en": "Nai Mueang"}
    when = {"weekly": "Tu 09:00-12:00; Tu 13:00-24:00; Sa 18:00-02:00", "hours_en": "Closed on holidays"}
    lists = {"access": ["quiet", "toilet"], "subjects": ["arts", "health"]}
    make_place(city=city, name_en=FORMULA, original="th", **where, **when, **lists)
    lists = {"stages": ["youth", "all"], "languages": ["th", "tsq"], "senses": ["visual", "tactile"]}
    make_resource(city=city, minutes=45, cost="free", license="CC0-1.0", **lists)
    for make in (make_observation, make_milestone, make_signatory, make_commitment, make_place):
        make()
    make_resource(city=make_city())


COUNTS = {
    "facts": 2,
    "milestones": 2,
    "organizations": 1,
    "parties": 1,
    "signatories": 2,
    "commitments": 2,
    "learning-places": 1,
    "learning-resources": 1,
}


@pytest.mark.parametrize("name", [table.name for table in tables()])
def test_records_of_a_city_that_come_back_change_nothing(name, city, everything):
    editor = make_role(kind="editor", city=city).user

    back = make_import(exports.records(table_named(name), "sample").read(), name, by=editor, place="sample")

    assert [row.reasons for row in back.rows.all() if row.reasons] == []
    assert (back.unchanged, back.added, back.changed) == (COUNTS[name], 0, 0)


@pytest.mark.parametrize("name", [table.name for table in tables()])
def test_records_of_all_places_that_come_back_change_nothing(name, secretary, everything):
    make_observation(city=None, network=make_network())
    make_organization(home=make_city())

    back = make_import(exports.records(table_named(name), "").read(), name, by=secretary)

    assert [row.reasons for row in back.rows.all() if row.reasons] == []
    assert (back.unchanged > COUNTS[name], back.added, back.changed) == (True, 0, 0)


def test_a_milestone_found_by_its_words_keeps_its_key_and_its_language(city):
    there = make_milestone(city=city, slug="by-hand", text_th="เปิด", text_en="Opens", original="en")
    editor = make_role(kind="editor", city=city).user
    headings = ("date", "text_th", "text_en", "certainty", "source")
    row = (there.happened_on.isoformat(), "เปิด", "It opens", "", there.source.slug)

    write_import(make_import(workbook([headings, row]), "milestones", by=editor, place="sample"))

    there.refresh_from_db()
    assert (there.text_en, there.slug, there.original) == ("It opens", "by-hand", "en")


def test_records_are_sent_to_who_works_for_the_place(client, city):
    make_milestone(city=city, slug="opening", text_en="=1+1")
    client.force_login(make_role(kind="editor", city=city).user)

    answer = client.get(reverse("import-records", args=["milestones"]), {"place": "sample"})

    head, row = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values
    assert (head[0], row[0], row[3], row[-1]) == ("City", "sample", "=1+1", "opening")
    assert answer["Content-Disposition"] == 'attachment; filename="milestones-sample.xlsx"'


@pytest.mark.parametrize("place", ["sample", ""])
def test_records_are_not_sent_to_a_stranger(client, city, place):
    client.force_login(make_role(kind="editor", city=make_city()).user)

    assert client.get(reverse("import-records", args=["milestones"]), {"place": place}).status_code == 403


def test_records_of_an_unknown_table_are_not_there(client, city):
    client.force_login(make_role(kind="editor", city=city).user)

    assert client.get(reverse("import-records", args=["dreams"])).status_code == 404


def test_the_page_of_a_place_leads_to_its_records_as_tables(client, city):
    make_milestone(city=city)
    client.force_login(make_role(kind="editor", city=city).user)

    pages = [client.get(f"/workspace/sample/{query}").content.decode() for query in ("", "?kind=milestone")]

    address = reverse("import-records", args=["milestones"]).removeprefix("/en")
    assert [f'"{address}?place=sample"' in html for html in pages] == [True, True]
