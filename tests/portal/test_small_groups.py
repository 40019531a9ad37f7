"""Small groups of people, planted wherever a number can stand, are found in no page, no file and no answer."""

import datetime as dt
import io
import re
import tempfile
import zipfile

import duckdb
import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from learningcity.opendata.models import Observation
from learningcity.opendata.registry import publication_named, publications
from learningcity.portal.queries.changes import latest_changes
from learningcity.search.actions import reindex_all
from learningcity.search.models import Document
from tests.factories.awards import make_edition
from tests.factories.cities import make_city, make_network
from tests.factories.content import publish
from tests.factories.opendata import make_catalog, make_indicator, make_observation
from tests.factories.partners import make_announcement
from tests.factories.plans import make_objective, make_plan, make_target
from tests.factories.practices import make_figure, make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

# Below the limit and found nowhere else: told apart from every other number by their decimals.
SMALL = "7.3591"
# What covers them; the limit is far below.
COVER = "83127.4826"
CANARIES = [re.compile(words) for words in (r"7[.,]3591", r"7[.,]36", r"83[, ]?127", r"zqxnote")]
YEAR = {"observed_on": dt.date(2024, 1, 1), "observed_precision": "year"}


@pytest.fixture
def world():
    """A city, a network, a practice, an agreement, a plan and an award, all of which rest on few people."""
    city = make_city(slug="sample")
    source, learners = make_source(slug="report"), make_indicator(slug="learners")
    said = {"indicator": learners, "source": source, "note_en": "zqxnote", "note_th": "zqxnote", **YEAR}
    few = make_observation(city=city, value=SMALL, **{**said, "indicator": make_indicator(slug="few")})
    make_observation(city=city, value="83134.8417", **{**said, "note_en": "", "note_th": ""})
    for sex, value in (("female", SMALL), ("male", COVER)):
        make_observation(city=city, value=value, sex=sex, **said)
        make_observation(city=city, value=value, disability="with" if sex == "female" else "without", **said)
    for code, value in (("4001", SMALL), ("4002", COVER)):
        make_observation(city=city, value=value, district_code=code, district_en=f"District {code}", **said)
    edition = make_edition(source=source)
    make_observation(network=edition.network, value=SMALL, **said)
    make_observation(network=make_network(), value=SMALL, **said)
    make_figure(practice=make_practice(city=city, slug="practice"), observation=few)
    announced = make_announcement(observation=few)
    plan = make_plan(city=city)
    target = make_target(objective=make_objective(plan=plan), baseline=few)
    own = {"baseline_value": SMALL, "baseline_on": dt.date(2024, 1, 1), "baseline_source": source}
    make_target(objective=make_objective(plan=plan, position=2), indicator=few.indicator, **own)
    later = {**said, "indicator": few.indicator, "observed_on": dt.date(2026, 1, 1)}
    make_observation(city=city, value=SMALL, **later)
    make_catalog()
    reindex_all()
    return {"agreement": announced.agreement.slug, "edition": edition.slug, "target": target}


def found_in(text):
    return [canary.pattern for canary in CANARIES if canary.search(text)]


def bytes_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def text_of(response):
    """Return what can be read of an answer, unpacked where it is packed."""
    content = bytes_of(response)
    if content.startswith(b"PAR1"):
        with tempfile.NamedTemporaryFile(suffix=".parquet") as table:
            table.write(content)
            table.flush()
            return repr(duckdb.sql(f"FROM read_parquet('{table.name}')").fetchall())
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


PAGES = [
    "/cities/sample/",
    "/cities/sample/print/",
    "/cities/sample/indicators/",
    "/cities/sample/plan/",
    "/practices/practice/",
    "/agreements/{agreement}/",
    "/agreements/",
    "/awards/{edition}/",
    "/sources/report/",
    "/sources/",
    "/search/?q=Indicator",
    "/",
    "/indicators/",
    "/indicators/learners/",
    "/indicators/few/",
    "/indicators/compare/?indicator=learners&city=sample",
    "/indicators/learners.csv",
    "/indicators/learners.json",
    "/indicators/learners.xlsx",
    "/indicators/learners.svg",
    "/indicators/few.json",
    "/indicators/learners.parquet",
    "/lists/facts.csv",
    "/lists/facts.xlsx",
    "/lists/facts.csv?city=sample",
    "/lists/facts.parquet",
    "/lists/agreements.csv",
    "/changes.atom",
    "/data/sdmx.csv",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("home", ["", "/en"])
def test_no_page_and_no_file_tells_a_small_group_or_what_covers_it(client, world, path, home):
    home = "" if path.startswith("/data/") else home

    response = client.get(home + path.format(**world))

    assert response.status_code == 200
    assert found_in(text_of(response)) == []


def test_canaries_would_be_found(world):
    assert found_in(" ".join(f"{one.value} {one.note_en}" for one in Observation.objects.all())) == [
        CANARIES[0].pattern,
        CANARIES[2].pattern,
        CANARIES[3].pattern,
    ]


def test_pages_say_that_there_are_fewer(client, world):
    page = client.get("/en/indicators/learners/").content.decode()

    assert page.count("fewer than 10") >= 2
    assert page.count("not shown") >= 3
    assert 'less than</span> <span class="number">10<' in client.get("/en/cities/sample/").content.decode()


def test_workbook_holds_the_bound_and_no_value(client, world):
    content = bytes_of(client.get("/en/indicators/learners.xlsx"))

    names, *rows = load_workbook(io.BytesIO(content)).active.values
    told = {(row[names.index("Value")], row[names.index("Why hidden")]) for row in rows}
    assert sorted(told, key=str) == [(10, "small"), (83134.8417, None), (None, "cover")]


def test_published_table_tells_neither(world):
    publication = publication_named("observations")
    names = [column.name for column in publication.columns]
    rows = [dict(zip(names, row, strict=True)) for row in publication.rows()]

    assert found_in(str(rows)) == []
    hidden = {(str(row["value"]), row["qualifier"], row["note_en"]) for row in rows if row["hiding"] == "small"}
    assert hidden == {("10", "less_than", None)}
    assert {row["value"] for row in rows if row["hiding"] == "cover"} == {None}


def test_published_targets_tell_not_how_few_they_start_from(world):
    rows = [
        dict(zip((column.name for column in table.columns), row, strict=True))
        for table in publications()
        for row in table.rows()
    ]

    assert found_in(str(rows)) == []
    assert [row["start_value"] for row in rows if "start_value" in row] == [None, None]


def test_search_knows_neither(world):
    assert found_in(" ".join(str(vars(one)) for one in Document.objects.all())) == []


def test_what_was_published_lately_is_told_without_its_number(client):
    city = make_city(slug="sample")
    values = {
        "value": SMALL,
        "qualifier": "exact",
        "observed_on": "2024",
        "certainty": "stated",
        "source": make_source().slug,
    }
    publish("fact", city, values | {"indicator": make_indicator().slug})
    publish("fact", city, values | {"indicator": make_indicator().slug, "sex": "female"})

    with translation.override("en"):
        told = [change.text for change in latest_changes(10) if change.key.startswith("publication/")]

    assert len(told) == 2
    assert found_in(" ".join(told)) == []
    assert found_in(client.get(reverse("changes")).content.decode()) == []


def test_progress_of_a_target_is_measured_from_the_bound(client, world):
    page = client.get("/en/cities/sample/plan/").content.decode()

    assert found_in(page) == []


@pytest.mark.parametrize("group", [{}, {"sex": "female"}])
def test_history_of_a_number_tells_neither_what_it_is_nor_what_it_was(client, group):
    city, indicator = make_city(slug="sample"), make_indicator()
    values = {"qualifier": "exact", "observed_on": "2024", "certainty": "stated", "source": make_source().slug}
    values |= {"indicator": indicator.slug, "note_en": "zqxnote", **group}
    publish("fact", city, values | {"value": SMALL})
    number = Observation.objects.get()
    publish("fact", city, values | {"value": "7.3599"}, number)
    publish("fact", city, values | {"value": "๕,000", "note_en": ""}, number)

    page = client.get(f"/en/history/fact/{number.pk}/").content.decode()

    assert found_in(page) == []
    assert ("7.3599" in page, "5000" in re.sub("<[^>]*>|,", "", page)) == (False, not group)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/observations",
        "/api/v1/observations?indicator=learners",
        "/api/v1/indicators",
        "/api/v1/practices",
        "/data/observations/latest/observations.csv",
        "/data/observations/latest/observations.json",
        "/data/observations/latest/observations.xlsx",
        "/data/plan-targets/latest/plan-targets.csv",
    ],
)
def test_no_answer_to_a_program_tells_a_small_group_or_what_covers_it(client, world, path):
    response = client.get(path)

    assert found_in(text_of(response)) == []
    assert response.status_code in (200, 404)
