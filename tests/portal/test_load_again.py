"""What a load leaves alone: what a city published on the site is never undone by a file."""

import pytest
from django.core.management import call_command

from learningcity.cities.models import City
from learningcity.opendata.models import Indicator, Observation
from learningcity.portal.actions.load import load_folder
from learningcity.sources.models import LoadedRow, Source
from tests.portal.test_load_data import CITY, INDICATOR, NUMBER, fill, folder, refusal, said

__all__ = ["folder"]

pytestmark = pytest.mark.django_db

NAME = "partners/khon-kaen/2024-09-17/report/exact"


def counts(loaded, file):
    found = next(one for one in loaded if one.file == file)
    return found.added, found.changed, found.unchanged, found.kept


def test_load_leaves_what_was_changed_on_the_site(folder):
    load_folder(folder)
    City.objects.update(name_en="City of Khon Kaen")

    loaded = load_folder(folder)

    assert counts(loaded, "cities.csv") == (0, 0, 1, [])
    assert City.objects.get().name_en == "City of Khon Kaen"


def test_load_keeps_and_reports_what_was_changed_on_the_site_and_in_the_file(folder, capsys):
    load_folder(folder)
    City.objects.update(name_en="City of Khon Kaen")
    fill(folder / "cities.csv", [CITY | {"name_en": "Khon Kaen City"}])

    call_command("load_data", folder)

    assert said(capsys)[-1] == "cities.csv: khon-kaen was changed on the site, and in the file since; the site’s stays."
    assert City.objects.get().name_en == "City of Khon Kaen"


def test_load_says_so_until_file_and_site_agree(folder):
    load_folder(folder)
    City.objects.update(name_en="City of Khon Kaen")
    fill(folder / "cities.csv", [CITY | {"name_en": "Khon Kaen City"}])

    assert [counts(load_folder(folder), "cities.csv") for _ in range(2)] == [(0, 0, 0, ["khon-kaen"])] * 2
    fill(folder / "cities.csv", [CITY | {"name_en": "City of Khon Kaen"}])
    assert [counts(load_folder(folder), "cities.csv") for _ in range(2)] == [(0, 0, 1, [])] * 2


def test_load_changes_what_only_the_file_changed_even_after_that(folder):
    load_folder(folder)
    City.objects.update(name_en="City of Khon Kaen")
    load_folder(folder)
    City.objects.update(name_en="Khon Kaen")
    fill(folder / "cities.csv", [CITY | {"name_en": "Khon Kaen City"}])

    assert counts(load_folder(folder), "cities.csv") == (0, 1, 0, [])


def test_load_does_not_bring_back_what_was_removed_on_the_site(folder):
    load_folder(folder)
    Observation.objects.filter(qualifier="exact").delete()

    assert counts(load_folder(folder), "observations.csv") == (0, 0, 2, [])
    fill(folder / "observations.csv", [NUMBER | {"value": "63"}])
    assert counts(load_folder(folder), "observations.csv") == (0, 0, 0, [NAME])
    assert list(Observation.objects.values_list("value", flat=True)) == [59]


def test_load_leaves_out_what_rests_on_something_that_was_removed(folder):
    load_folder(folder)
    Observation.objects.all().delete()
    Indicator.objects.all().delete()
    fill(folder / "observations.csv", [NUMBER | {"observed_on": "2025"}])

    loaded = load_folder(folder)

    assert counts(loaded, "observations.csv") == (0, 0, 0, ["partners/khon-kaen/2025/report"])


def test_load_finds_a_record_that_is_called_otherwise_by_now(folder):
    load_folder(folder)
    Observation.objects.filter(qualifier="exact").update(qualifier="about")

    assert counts(load_folder(folder), "observations.csv") == (0, 0, 2, [])
    fill(folder / "observations.csv", [NUMBER | {"value": "63"}])
    assert counts(load_folder(folder), "observations.csv") == (0, 0, 0, [NAME])
    assert Observation.objects.filter(value=62, qualifier="about").count() == 1


def test_load_keeps_what_the_site_had_before_the_file(folder):
    load_folder(folder)
    Indicator.objects.create(slug="schools", name_th="โรงเรียน", name_en="Schools", definition_th="ก", definition_en="a")
    fill(folder / "indicators.csv", [INDICATOR, INDICATOR | {"slug": "schools"}])

    assert counts(load_folder(folder), "indicators.csv") == (0, 0, 1, ["schools"])


def test_load_into_a_database_from_before_it_remembered_takes_the_word_of_the_file(folder):
    load_folder(folder)
    LoadedRow.objects.all().delete()
    fill(folder / "cities.csv", [CITY | {"name_en": "Khon Kaen City"}])

    assert counts(load_folder(folder), "cities.csv") == (0, 1, 0, [])
    assert LoadedRow.objects.count() == 6


def test_load_says_nothing_of_what_was_written_on_the_site_alone(folder):
    load_folder(folder)
    Source.objects.create(slug="site", kind="document", title_th="บนเว็บไซต์", original="th")

    assert [one.only_stored for one in load_folder(folder)] == [[]] * 5


def test_load_refuses_a_row_that_stands_twice_the_second_time_too(folder):
    load_folder(folder)
    fill(folder / "cities.csv", [CITY, CITY])

    assert refusal(folder) == ["  cities.csv:3: line 2 says this already (khon-kaen)"]


def test_load_that_is_refused_remembers_nothing(folder):
    fill(folder / "cities.csv", [CITY | {"kind": "village"}])

    refusal(folder)

    assert LoadedRow.objects.count() == 0


def test_load_of_the_same_number_written_otherwise_changes_nothing(folder):
    load_folder(folder)
    fill(folder / "observations.csv", [NUMBER | {"value": "62.0"}])

    assert counts(load_folder(folder), "observations.csv") == (0, 0, 1, [])
    assert LoadedRow.objects.filter(file="observations.csv").count() == 2
