"""What must hold for every row of the files, whatever it says."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from learningcity.cities.models import City, DrivingBody, LocalAuthority, Milestone, Office, Person
from learningcity.common.loading import columns_of, read_table
from learningcity.common.text import Bilingual
from learningcity.opendata.models import Indicator, Observation
from learningcity.partners.models import Goal, Organization, Signatory, Target
from learningcity.pictures.models import Picture
from learningcity.portal.actions.tables import TABLES
from learningcity.sources.models import Source

pytestmark = pytest.mark.django_db

SEEDS = Path(settings.ROOT).parent / "shared" / "seeds"
# Names that are known in one language only are not translated by us, because nobody is named by a stranger.
NAMED_ONCE = {(Person, "name"), (Person, "title"), (DrivingBody, "name"), (Organization, "name")} | {
    (Signatory, "name"),
    (Signatory, "title"),
}
# What all nations agreed on word for word, in languages of the United Nations, is not put into Thai by us.
AGREED = {(Goal, "text"), (Target, "text")}


def pairs():
    for table in TABLES:
        for name, value in vars(table.model).items():
            if isinstance(value, Bilingual) and (table.model, name) not in NAMED_ONCE | AGREED:
                yield pytest.param(table.model, name, id=f"{table.model.__name__}-{name}")


def rows_of(file):
    model = next(table.model for table in TABLES if table.file == file)
    return read_table(settings.ROOT / "data" / file, columns_of(model))


@pytest.mark.parametrize(("model", "name"), list(pairs()))
def test_text_is_there_in_both_languages_or_in_none(model, name):
    halves = [
        str(record)
        for record in model._default_manager.all()
        if bool(getattr(record, f"{name}_th")) != bool(getattr(record, f"{name}_en"))
    ]

    assert halves == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_every_file_is_there_and_says_something(table):
    assert table.model._default_manager.count() == len(rows_of(table.file)) > 0


def test_every_number_has_a_source_and_a_definition_in_both_languages():
    told = Observation.objects.filter(source__isnull=False)

    assert told.count() == Observation.objects.count() > 0
    assert [row.slug for row in Indicator.objects.all() if not (row.definition_th and row.definition_en)] == []


def test_every_indicator_has_a_number():
    assert list(Indicator.objects.filter(observations__isnull=True).values_list("slug", flat=True)) == []


def test_every_source_is_used():
    used = set()
    for table in TABLES:
        for field in table.model._meta.concrete_fields:
            if field.related_model is Source:
                used |= set(table.model._default_manager.values_list(f"{field.name}__slug", flat=True))

    # The codes of the provinces are a second source of the same rows.
    assert set(Source.objects.values_list("slug", flat=True)) - used == {"thailand-geography-json"}


def test_every_member_city_has_an_authority_a_milestone_and_a_way_in():
    members = City.objects.filter(memberships__isnull=False)

    assert set(members) == {authority.city for authority in LocalAuthority.objects.all()}
    assert [city.slug for city in City.objects.all() if not Milestone.objects.filter(city=city).exists()] == []


def test_what_a_source_dates_vaguely_or_not_at_all_says_so():
    undated = [row for row in Observation.objects.select_related("source") if not row.source.published_on]
    unexplained = [str(row) for row in undated if row.observed_precision == "year" and not row.note_en]

    assert unexplained == []


def test_uncertain_numbers_say_why():
    doubtful = Observation.objects.exclude(certainty="stated")

    assert [str(row) for row in doubtful if not row.note_th] == []


def test_offices_are_titled_in_both_languages():
    assert [str(office) for office in Office.objects.all() if not (office.title_th and office.title_en)] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_thai_is_written_in_one_way(table):
    text = (settings.ROOT / "data" / table.file).read_text(encoding="utf-8")

    assert unicodedata.normalize("NFC", text) == text
    # Sara am in two parts, two sara e for sara ae, and letters of no width look right and are not found.
    assert re.findall("\u0e4d\u0e32|\u0e40\u0e40|[\u200b-\u200f\ufeff]", text) == []


def seed(number):
    files = sorted(SEEDS.glob(f"{number:03}_*.txt"))
    if not files:
        pytest.skip("the documents on which the data rest are not on this machine")
    return files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "source", "language", "models_and_fields"),
    [
        (
            0,
            "unesco-gnlc-khon-kaen",
            "en",
            [("profiles.csv", "introduction"), ("profiles.csv", "vision"), ("practices.csv", "summary")],
        ),
        (
            3,
            "chiangmai-learning-city",
            "en",
            [("milestones.csv", "text"), ("profiles.csv", "vision"), ("profiles.csv", "mission")],
        ),
    ],
)
def test_quoted_texts_are_word_for_word(number, source, language, models_and_fields):
    original = seed(number)
    told = [
        row.cells[f"{field}_{language}"]
        for file, field in models_and_fields
        for row in rows_of(file)
        if row.cells["source"] == source
    ]

    assert [text for text in told if text not in original] == []


def test_policies_are_word_for_word():
    original = seed(0)

    assert [row.line for row in rows_of("policies.csv") if row.cells["text_en"] not in original] == []


def test_the_memorandum_is_quoted_in_thai_word_for_word():
    original = seed(2)
    told = [row.cells for row in rows_of("milestones.csv") if row.cells["slug"].startswith("mou-")]

    assert [cells["slug"] for cells in told if cells["text_th"] not in original] == []
    assert [cells["original"] for cells in told] == ["th"] * 3


def test_the_timeline_of_chiang_mai_is_whole_and_in_order():
    original = seed(3)
    timeline = original[original.index("2020") : original.index("UNESCO Learning City Award\n")]
    entries = [
        line.strip() for line in timeline.splitlines() if line.strip() and not re.fullmatch(r"20\d\d", line.strip())
    ]
    told = [row.cells["text_en"] for row in rows_of("milestones.csv") if row.cells["city"] == "chiang-mai"]

    assert told == entries


def test_models_of_the_files_have_no_key_that_a_file_cannot_write():
    keys = (
        (table, field)
        for table in TABLES
        for field in table.model._meta.concrete_fields
        # Pictures are chosen on the site alone.
        if isinstance(field, models.ForeignKey) and field.related_model is not Picture
    )
    hidden = [f"{table.file}: {field.name}" for table, field in keys if field.name not in columns_of(table.model)]

    assert hidden == []
