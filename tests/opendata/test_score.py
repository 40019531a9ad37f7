"""How well a dataset is described: what is asked of which kind of data, and what is found to be missing."""

import datetime as dt

import pytest

from learningcity.opendata.enums import DataType
from learningcity.opendata.kinds import DATASET
from learningcity.opendata.queries import entry_of
from learningcity.opendata.queries.score import WORDS, score_of
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.factories.tables import COLUMNS, make_table_part

pytestmark = pytest.mark.django_db
WELL = {
    "notes_th": "หนึ่งแถวคือหนึ่งโรงเรียนของเทศบาล นับนักเรียนที่ลงทะเบียนในวันที่ 10 มิถุนายน ไม่รวมศูนย์พัฒนาเด็กเล็ก",
    "keywords_th": ["โรงเรียน", "นักเรียน", "เทศบาล"],
    "first_year": 2024,
}


def missing(dataset, today=None):
    return [each.field for each in score_of(entry_of(dataset), today).to_do]


def test_score_of_what_is_described_well_is_full():
    described = [COLUMNS[0], COLUMNS[1].__class__(name="n", title=COLUMNS[1].title, description=COLUMNS[0].description)]
    part = make_table_part((("ก", "1"),), tuple(described))
    dataset = make_version(dataset=make_dataset(**WELL), parts=[part]).dataset

    score = score_of(entry_of(dataset))

    assert (missing(dataset), score.percent) == ([], 100)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"license": "CC-BY-NC-4.0"}, "license"),
        ({"license": "notspecified"}, "license"),
        ({"notes_th": "สั้น"}, "notes_th"),
        ({"origin_th": ""}, "origin_th"),
        ({"maintainer_th": ""}, "maintainer_th"),
        ({"rhythm": "unknown"}, "rhythm"),
        ({"coverage": "unknown"}, "coverage"),
        ({"keywords_th": ["หนึ่ง", "สอง"]}, "keywords_th"),
        ({"title_en": ""}, "title_en"),
        ({"notes_en": ""}, "notes_en"),
        ({"objectives": ["unknown"]}, "objectives"),
        ({"first_year": None}, "first_year"),
    ],
)
def test_score_leads_to_the_field_of_what_is_missing(changes, field):
    dataset = make_version(dataset=make_dataset(**{**WELL, **changes})).dataset

    assert missing(dataset) == [field]


def test_score_asks_each_kind_of_data_what_makes_sense_for_it():
    pdf = [make_part(b"%PDF", name="law", format="pdf", media_type="application/pdf")]
    kinds = {kind: make_version(dataset=make_dataset(**WELL, data_type=kind), parts=pdf).dataset for kind in DataType}

    asked = {kind: missing(dataset) for kind, dataset in kinds.items()}

    assert asked[DataType.OTHER] == []
    assert asked[DataType.STATISTICS] == ["uploads"]
    assert len(asked[DataType.GEODATA]) == 2


def test_score_asks_for_news_only_where_they_were_promised():
    later = dt.date(2040, 1, 1)
    promised, never = (
        make_version(dataset=make_dataset(**WELL, rhythm=rhythm)).dataset for rhythm in ("year", "never")
    )

    assert (missing(promised, later), missing(never, later)) == (["uploads"], [])
    assert missing(promised) == []


def test_score_of_a_description_without_data_begins_with_the_data():
    assert missing(make_dataset(**WELL))[0] == "uploads"


def test_score_names_columns_that_nobody_explained():
    dataset = make_version(dataset=make_dataset(**WELL), parts=[make_table_part()]).dataset

    assert [str(each.label) for each in score_of(entry_of(dataset)).to_do] != []


def test_every_criterion_leads_to_a_field_of_the_form():
    fields = DATASET.form(None, place="").fields

    assert {field for field, _label, _why in WORDS.values()} - set(fields) == {":meaning_th", ":unit"}
