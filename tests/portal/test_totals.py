"""Wherever the number of a city stands, it is the one that counts everybody, and those of some of its people do not disturb it."""

import csv
import datetime as dt
import io

import pytest

from learningcity.opendata.models import Observation
from learningcity.partners.queries import numbers_to_announce
from learningcity.plans.forms.targets import target_choices
from learningcity.plans.queries import read_plan
from learningcity.portal.actions.load import load_folder
from learningcity.portal.queries.city import find_city, read_city_page
from learningcity.practices.queries import figures_of_practice, numbers_to_choose
from learningcity.search.actions import reindex_all
from learningcity.search.models import Document
from learningcity.workspace.queries.dues import old_numbers
from tests.factories.awards import make_edition
from tests.factories.cities import make_city
from tests.factories.opendata import make_catalog, make_indicator, make_observation
from tests.factories.plans import make_objective, make_plan, make_target
from tests.factories.practices import make_figure, make_practice
from tests.factories.sources import make_source
from tests.portal.test_load_data import folder

__all__ = ["folder"]

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)
GROUPS = (
    {"sex": "female"},
    {"age_from": 0, "age_to": 5},
    {"age_from": 60},
    {"disability": "with"},
    {"district_code": "4001", "district_th": "เมือง"},
)


@pytest.fixture
def total():
    """The number of a city, among numbers of some of its people, which are newer and larger."""
    city, indicator, source = make_city(slug="sample"), make_indicator(slug="mou-partners"), make_source()
    same = {"city": city, "indicator": indicator, "source": source}
    total = make_observation(value=100, observed_on=dt.date(2020, 1, 1), **same)
    for place, group in enumerate(GROUPS):
        make_observation(value=500 + place, observed_on=dt.date(2024, 1, 1), **same, **group)
        make_observation(value=600 + place, observed_on=dt.date(2020, 1, 1), **same, **group)
    return total


def test_page_of_a_city_tells_the_total_and_no_contradiction(client, total):
    (series,) = read_city_page(find_city("sample"), on=TODAY).series

    assert ([one.pk for one in series.observations], series.is_contradicted) == ([total.pk], False)
    assert "The sources differ" not in client.get("/en/cities/sample/").content.decode()


def test_practice_shows_and_offers_the_total(total):
    practice = make_practice(city=total.city)
    make_figure(practice=practice, observation=total)

    assert [one.pk for one in numbers_to_choose("sample", None)] == [total.pk]
    assert [[one.pk for one in series.observations] for series in figures_of_practice(practice)] == [[total.pk]]


def test_agreement_offers_the_total(total):
    assert list(numbers_to_announce("sample")) == [total]


def test_plan_starts_from_the_total_and_is_measured_by_it(total):
    plan = make_plan(city=total.city)
    target = {"baseline_value": 50, "baseline_on": dt.date(2019, 1, 1), "baseline_source": total.source}
    make_target(objective=make_objective(plan=plan), indicator=total.indicator, **target)

    (progress,) = read_plan(plan, on=TODAY).targets

    assert [choice[0] for choice in target_choices("sample")["baseline"]] == ["", str(total.pk)]
    assert [measure.value for measure in progress.latest] == [100]


def test_desk_reminds_of_an_old_total_however_new_the_others_are(total):
    assert [one.latest for one in old_numbers([total.city], TODAY)] == [total.observed_on]


def test_lists_hold_the_total(client, total):
    make_catalog()

    content = b"".join(client.get("/en/lists/facts.csv").streaming_content).decode()

    assert [row["value"] for row in csv.DictReader(io.StringIO(content))] == ["100"]


def test_search_knows_the_total(total):
    reindex_all()

    assert list(Document.objects.filter(kind="figure").values_list("key", flat=True)) == [str(total.pk)]


def test_award_shows_the_total(client):
    edition = make_edition()
    same = {"network": edition.network, "source": edition.source, "indicator": make_indicator()}
    number = make_observation(**same)
    make_observation(sex="female", value=50, **same)

    assert client.get(f"/awards/{edition.slug}/").context["figures"] == [[number]]


def test_source_names_each_number_and_the_people_whom_it_counts(client, total):
    page = client.get(f"/en/sources/{total.source.slug}/").content.decode()

    assert "0–5 years" in page
    # Of some of the people it says no number: whoever wants it finds it with its table.
    assert ("100" in page, "501" in page) == (True, False)


def test_load_finds_the_total_of_a_file_beside_numbers_of_some_people(folder):
    load_folder(folder)
    number = Observation.objects.get(qualifier="exact")
    same = {
        name: getattr(number, name) for name in ("indicator", "city", "source", "observed_on", "observed_precision")
    }
    make_observation(sex="female", value=5, **same)
    make_observation(sex="male", value=6, **same)

    found = {one.file: (one.added, one.changed, one.kept, one.only_stored) for one in load_folder(folder)}

    assert found["observations.csv"] == (0, 0, [], [])
    assert Observation.totals.count() == Observation.objects.count() - 2
