"""SDMX-CSV 2.0, held against the field guide of the format."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from sdmx.model import common, v30
from sdmx.reader.csv import Reader

from learningcity.interfaces.exports.sdmx import ATTRIBUTES, DIMENSIONS, HEADINGS, MEASURE
from learningcity.interfaces.views import sdmx as view
from tests.factories.cities import make_city, make_network
from tests.factories.opendata import make_indicator, make_observation
from tests.proofs import proves

pytestmark = pytest.mark.django_db
proven = proves("SDMX-CSV 2.0", by="pytest")
# What the format calls an id, and a period.
ID = re.compile(r"[A-Za-z0-9_@$-]+")
PERIOD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def rows(client):
    response = client.get("/data/sdmx.csv")
    assert response["Content-Type"] == "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@proven
def test_every_row_says_its_structure_and_its_whole_key(client):
    make_observation(city=make_city(slug="khon-kaen"), value=102909)
    make_observation(network=make_network())

    found = rows(client)

    assert list(found[0]) == list(HEADINGS)
    assert {(row["STRUCTURE"], row["STRUCTURE_ID"], row["ACTION"]) for row in found} == {
        ("datastructure", "LEARNINGCITY:INDICATORS(1.0.0)", "I")
    }
    for row in found:
        assert all(ID.fullmatch(row[name]) for name in DIMENSIONS if name != "TIME_PERIOD")
        assert PERIOD.fullmatch(row["TIME_PERIOD"])
    assert (found[0]["REF_AREA"], found[0]["AREA_TYPE"], found[0]["OBS_VALUE"]) == ("khon-kaen", "CITY", "102909")


@proven
def test_keys_are_used_once(client):
    indicator, city = make_indicator(unit_th="", unit_en=""), make_city()
    for number in range(3):
        make_observation(indicator=indicator, city=city, value=number)
        make_observation(indicator=indicator, city=city, observed_on=dt.date(2020 + number, 1, 1))

    keys = [tuple(row[name] for name in DIMENSIONS) for row in rows(client)]

    assert len(keys) == len(set(keys)) == 6


@proven
@pytest.mark.parametrize(
    ("precision", "day", "said"),
    [("year", (2024, 1, 1), "2024"), ("month", (2024, 9, 1), "2024-09"), ("day", (2024, 9, 17), "2024-09-17")],
)
def test_a_period_is_as_exact_as_it_is_known(client, precision, day, said):
    make_observation(observed_on=dt.date(*day), observed_precision=precision)

    assert [row["TIME_PERIOD"] for row in rows(client)] == [said]


@proven
def test_a_group_is_told_in_the_codes_of_the_standard(client):
    indicator, city = make_indicator(unit_th="แห่ง", unit_en="places"), make_city()
    for changes in ({"sex": "female", "age_from": 60}, {"disability": "with", "age_from": 6, "age_to": 11}):
        make_observation(indicator=indicator, city=city, **changes)

    found = [(row["SEX"], row["AGE"], row["DISABILITY"], row["DISTRICT"]) for row in rows(client)]

    assert found == [("F", "Y_GE60", "_T", "_T"), ("_T", "Y6T11", "WITH", "_T")]


@proven
def test_a_number_of_few_people_is_missing_and_said_to_be(client):
    make_observation(indicator=make_indicator(unit_en="people"), value=2, sex="female", age_from=6, age_to=7)

    assert [(row["OBS_VALUE"], row["OBS_STATUS"]) for row in rows(client)] == [("", "Q")]


def structure():
    """Return the structure that the rows name, in the words of a program of statisticians."""
    said = v30.DataStructureDefinition(id="INDICATORS", version="1.0.0", maintainer=common.Agency(id="LEARNINGCITY"))
    said.dimensions.extend(common.Dimension(id=name) for name in DIMENSIONS)
    said.measures.append(v30.Measure(id=MEASURE))
    said.attributes.extend(v30.DataAttribute(id=name) for name in ATTRIBUTES)
    return said


@proves("SDMX-CSV 2.0", by="sdmx1")
def test_a_program_of_statisticians_reads_every_number_with_its_key(client, caplog):
    city = make_city(slug="khon-kaen")
    make_observation(indicator=make_indicator(slug="population", unit_en="people"), city=city, value=102909)
    make_observation(indicator=make_indicator(unit_th='ก, "ข"\n', unit_en=""), network=make_network(), value="0.5")
    make_observation(indicator=make_indicator(unit_en="people"), city=city, value=2, sex="female", age_from=6, age_to=7)

    content = b"".join(client.get("/data/sdmx.csv"))
    (found,) = Reader().convert(io.BytesIO(content), structure=structure()).data

    assert (found.action.name, len(found.obs), caplog.records) == ("information", 3, [])
    assert [one.value for one in found.obs] == ["102909", "0.5", ""]
    first = {name: value.value for name, value in found.obs[0].key.values.items()}
    assert (list(first), first["INDICATOR"], first["REF_AREA"]) == (list(DIMENSIONS), "population", "khon-kaen")
    assert str(found.obs[2].attached_attribute["OBS_STATUS"].value) == "Q"


def test_a_long_list_is_written_in_pieces(client, monkeypatch):
    city = make_city()
    monkeypatch.setattr("learningcity.interfaces.exports.sdmx.PIECE", 2)
    for _number in range(5):
        make_observation(city=city)

    assert len(rows(client)) == 5


def test_of_nothing_at_all_there_are_the_headings(client):
    content = b"".join(client.get("/data/sdmx.csv").streaming_content)

    assert content.decode() == ",".join(HEADINGS) + "\r\n"


@pytest.mark.parametrize(("value", "said"), [("0.0125", "0.0125"), ("1234567.25", "1234567.25"), ("40", "40")])
def test_a_number_is_written_as_it_was_told(client, value, said):
    make_observation(indicator=make_indicator(unit_th="แห่ง", unit_en="places"), value=Decimal(value))

    assert [row["OBS_VALUE"] for row in rows(client)] == [said]


def test_who_has_the_numbers_already_is_told_so_and_a_part_can_be_had(client):
    make_observation()
    whole = client.get("/data/sdmx.csv")
    content = b"".join(whole.streaming_content)

    again = client.get("/data/sdmx.csv", headers={"If-None-Match": whole["ETag"]})
    part = client.get("/data/sdmx.csv", headers={"Range": "bytes=-9"})
    beyond = client.get("/data/sdmx.csv", headers={"Range": f"bytes={len(content)}-"})
    head = client.head("/data/sdmx.csv")

    assert [answer.status_code for answer in (again, part, beyond, head)] == [304, 206, 416, 200]
    assert (b"".join(part.streaming_content), head["Content-Length"]) == (content[-9:], str(len(content)))


def test_where_nothing_is_published_nothing_is_there(client, monkeypatch):
    monkeypatch.setattr(view, "publication_named", lambda name: None)

    assert client.get("/data/sdmx.csv").status_code == 404
