import csv

import pytest
from django.core.management import CommandError, call_command

from learningcity.audit.models import Entry
from learningcity.cities.models import City, Province
from learningcity.common.loading import columns_of
from learningcity.opendata.models import Observation
from learningcity.partners.models import Organization
from learningcity.portal.actions.load import load_folder
from learningcity.portal.actions.tables import TABLES
from learningcity.portal.management.commands import load_data
from learningcity.sources.models import Source
from tests.factories.cities import make_province

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_snapshots(monkeypatch):
    """What is kept of the tables after loading is tested with the tables."""
    monkeypatch.setattr(load_data, "keep_snapshots", list)


SOURCE = {"slug": "report", "kind": "news", "title_th": "ข่าว", "original": "th", "published_on": "2024-09-17"}
PROVINCE = {"code": "40", "name_th": "ขอนแก่น", "name_en": "Khon Kaen", "region": "northeast", "source": "report"}
CITY = {"slug": "khon-kaen", "kind": "municipality", "name_th": "ขอนแก่น", "name_en": "Khon Kaen", "province": "40"}
INDICATOR = {"slug": "partners", "name_th": "ภาคี", "name_en": "Partners", "definition_th": "ก", "definition_en": "a"}
NUMBER = {
    "indicator": "partners",
    "city": "khon-kaen",
    "value": "62",
    "observed_on": "2024-09-17",
    "source": "report",
}
ROWS = {
    "sources.csv": [SOURCE],
    "provinces.csv": [PROVINCE],
    "cities.csv": [CITY],
    "indicators.csv": [INDICATOR],
    "observations.csv": [NUMBER, NUMBER | {"value": "59", "qualifier": "more_than"}],
}
MODELS = {table.file: table.model for table in TABLES}


@pytest.fixture
def folder(tmp_path):
    for file, rows in ROWS.items():
        fill(tmp_path / file, rows)
    return tmp_path


def fill(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns_of(MODELS[path.name]), restval="")
        writer.writeheader()
        writer.writerows(rows)


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        call_command("load_data", folder)
    return str(refused.value).splitlines()[1:]


def said(capsys):
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_load_data_adds_every_row_and_says_so(folder, capsys):
    call_command("load_data", folder)

    assert said(capsys) == [
        "file added changed unchanged",
        "sources.csv 1 0 0",
        "provinces.csv 1 0 0",
        "cities.csv 1 0 0",
        "indicators.csv 1 0 0",
        "observations.csv 2 0 0",
    ]
    assert list(Observation.objects.order_by("-value").values_list("value", "qualifier", "city__slug")) == [
        (62, "exact", "khon-kaen"),
        (59, "more_than", "khon-kaen"),
    ]


def test_load_data_keeps_the_precision_of_a_date(folder):
    fill(folder / "sources.csv", [SOURCE, SOURCE | {"slug": "month", "published_on": "2020-09"}])

    call_command("load_data", folder, verbosity=0)

    assert list(Source.objects.order_by("slug").values_list("published_on__month", "published_precision")) == [
        (9, "month"),
        (9, "day"),
    ]


def test_load_data_a_second_time_changes_nothing_and_asks_little(folder, django_assert_max_num_queries):
    load_folder(folder)
    entries = Entry.objects.count()

    # One question for each table, one for what was loaded before, and the two ends of the savepoint.
    with django_assert_max_num_queries(len(TABLES) + 3):
        loaded = load_folder(folder)

    assert [(file.added, file.changed, file.unchanged) for file in loaded] == [(0, 0, 1)] * 4 + [(0, 0, 2)]
    assert Entry.objects.count() == entries


def test_load_data_changes_what_the_file_says_differently(folder):
    load_folder(folder)
    fill(folder / "cities.csv", [CITY | {"name_en": "City of Khon Kaen"}])

    loaded = load_folder(folder)

    assert [(file.file, file.changed) for file in loaded if file.changed] == [("cities.csv", 1)]
    assert City.objects.get().name_en == "City of Khon Kaen"


def test_load_data_writes_one_entry_for_a_load_that_changed_something(folder):
    load_folder(folder)

    entry = Entry.objects.get(action="load data")

    assert entry.actor is None
    assert entry.detail["files"]["observations.csv"] == [2, 0]


def test_load_data_makes_a_new_city_findable(folder):
    from learningcity.search.models import Document

    load_folder(folder)

    assert list(Document.objects.filter(kind="city").values_list("address", flat=True)) == ["/cities/khon-kaen/"]


def test_load_data_keeps_and_reports_what_is_no_longer_in_the_file(folder, capsys):
    load_folder(folder)
    fill(folder / "observations.csv", [NUMBER])

    call_command("load_data", folder)

    assert said(capsys)[-1] == (
        "observations.csv: partners/khon-kaen/2024-09-17/report/more_than is in the database "
        "but not in the file; it stays."
    )
    assert Observation.objects.count() == 2


def test_load_data_as_a_dry_run_stores_nothing(folder, capsys):
    call_command("load_data", folder, "--dry-run")

    assert said(capsys)[-1] == "This was a dry run: nothing was stored."
    assert (City.objects.count(), Entry.objects.count()) == (0, 0)


def test_load_data_says_nothing_when_told_to_be_quiet(folder, capsys):
    call_command("load_data", folder, verbosity=0)

    assert said(capsys) == []


def test_load_data_takes_a_folder_with_a_single_table_and_points_at_what_is_stored(folder, tmp_path):
    load_folder(folder)
    for name in ("sources.csv", "provinces.csv", "indicators.csv", "observations.csv"):
        (folder / name).unlink()
    fill(folder / "cities.csv", [CITY, CITY | {"slug": "phon", "name_en": "Phon"}])

    loaded = load_folder(folder)

    assert [(file.file, file.added, file.unchanged) for file in loaded] == [("cities.csv", 1, 1)]


@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        ("observations.csv", {"source": "rumor"}, "source: there is no source “rumor”"),
        ("observations.csv", {"source": ""}, "source: this must be given"),
        ("observations.csv", {"city": ""}, "A number belongs to a city or to a network, not to both."),
        ("observations.csv", {"value": "102,909"}, "value: “102,909” is not a number; write 102909 or 13.75"),
        ("observations.csv", {"value": "๖๒"}, "value: “๖๒” is not a number; write 102909 or 13.75"),
        ("observations.csv", {"value": "NaN"}, "value: “NaN” is not a number; write 102909 or 13.75"),
        ("observations.csv", {"value": ""}, "value: this must be given"),
        (
            "observations.csv",
            {"value": "1.23456"},
            "value: Ensure that there are no more than 4 decimal places.",
        ),
        (
            "observations.csv",
            {"observed_on": "2567-09-17"},
            "observed_on: 2567 is a Buddhist year; did you mean 2024?",
        ),
        (
            "observations.csv",
            {"observed_on": "17/9/2024"},
            "observed_on: “17/9/2024” is not a date; write 2024, 2024-09 or 2024-09-17.",
        ),
        (
            "observations.csv",
            {"qualifier": "roughly"},
            "qualifier: “roughly” is unknown; write one of: exact, about, more_than, less_than, at_least",
        ),
        (
            "cities.csv",
            {"kind": "village"},
            "kind: “village” is unknown; write one of: municipality, province, special, unstated",
        ),
        ("cities.csv", {"kind": ""}, "kind: this must be given"),
        ("cities.csv", {"province": "99"}, "province: there is no province “99”"),
        (
            "cities.csv",
            {"latitude": "16.4", "longitude": "102.8"},
            "A location needs latitude, longitude and a source.",
        ),
        (
            "cities.csv",
            {"latitude": "164", "longitude": "102.8", "location_source": "report"},
            "latitude: Ensure this value is less than or equal to 90.",
        ),
        ("provinces.csv", {"code": "4"}, "code: Enter a valid value."),
        ("sources.csv", {"url": "khonkaen"}, "url: Enter a valid URL."),
        ("sources.csv", {"seen_on": "2026"}, "seen_on: “2026” is not a whole date; write 2024-09-17"),
    ],
)
def test_load_data_refuses_a_bad_row_with_its_place_and_stores_nothing(folder, file, change, reason):
    fill(folder / file, [ROWS[file][0] | change])

    lines = refusal(folder)

    assert lines[0] == f"  {file}:2: {reason}"
    assert (Source.objects.count(), City.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_load_data_does_not_blame_the_rows_that_lean_on_a_bad_one(folder):
    fill(folder / "cities.csv", [CITY | {"kind": "village"}])

    assert len(refusal(folder)) == 1


def test_load_data_names_every_bad_row_at_once(folder):
    fill(folder / "cities.csv", [CITY | {"kind": "village"}, CITY | {"slug": "phon", "province": "99"}])

    assert [line.split(" ")[2] for line in refusal(folder)] == ["cities.csv:2:", "cities.csv:3:"]


def test_load_data_refuses_a_row_that_stands_twice(folder):
    fill(folder / "cities.csv", [CITY, CITY])

    assert refusal(folder) == ["  cities.csv:3: line 2 says this already (khon-kaen)"]


def test_load_data_refuses_two_rows_that_the_database_cannot_hold_together(folder):
    fill(folder / "provinces.csv", [PROVINCE, PROVINCE | {"code": "41", "name_en": "Udon Thani"}])

    assert refusal(folder) == ["  provinces.csv:3: name_th: Province with this Name in Thai already exists."]


def test_load_data_refuses_a_change_that_the_database_cannot_hold(folder):
    load_folder(folder)
    make_province(code="41", name_th="อุดรธานี")
    fill(folder / "provinces.csv", [PROVINCE | {"name_th": "อุดรธานี"}])

    assert refusal(folder) == ["  provinces.csv:2: name_th: Province with this Name in Thai already exists."]
    assert Province.objects.get(code="40").name_th == "ขอนแก่น"


def test_load_data_refuses_a_file_that_it_does_not_know(folder):
    (folder / "villages.csv").write_text("slug\n")

    assert refusal(folder) == ["  villages.csv:0: no table has this name"]


def test_load_data_refuses_a_folder_without_tables(tmp_path):
    assert refusal(tmp_path) == [f"  {tmp_path}:0: there is no table in this folder"]


def test_load_data_refuses_a_file_that_is_not_utf8(folder):
    (folder / "cities.csv").write_bytes((folder / "cities.csv").read_bytes().decode().encode("cp874"))

    assert refusal(folder)[0] == "  cities.csv:2: this is not UTF-8; save the file as “CSV UTF-8”"


def organizations(*pairs):
    """Return rows, each with the slug of an organization and that of the one to which it belongs."""
    usual = {"sector": "education", "kind": "university", "original": "th", "source": "report"}
    return [usual | {"slug": slug, "name_th": slug, "parent": parent} for slug, parent in pairs]


@pytest.mark.parametrize("order", [1, -1])
def test_load_data_lets_organizations_belong_to_others_of_their_file_in_any_order(folder, order):
    rows = organizations(("department", "faculty"), ("faculty", "university"), ("university", ""))
    fill(folder / "organizations.csv", rows[::order])

    load_folder(folder)
    again = load_folder(folder)

    assert dict(Organization.objects.values_list("slug", "parent__slug")) == {
        "department": "faculty",
        "faculty": "university",
        "university": None,
    }
    assert [(file.added, file.changed, file.unchanged) for file in again if file.file == "organizations.csv"] == [
        (0, 0, 3)
    ]


def test_load_data_puts_a_new_organization_above_one_that_is_there(folder):
    fill(folder / "organizations.csv", organizations(("faculty", "")))
    load_folder(folder)
    fill(folder / "organizations.csv", organizations(("faculty", "university"), ("university", "")))

    loaded = load_folder(folder)

    assert [(file.added, file.changed) for file in loaded if file.file == "organizations.csv"] == [(1, 1)]
    assert Organization.objects.get(slug="faculty").parent.slug == "university"


def test_load_data_refuses_organizations_that_belong_to_themselves_and_blames_none_below_them(folder):
    pairs = [("below", "one"), ("one", "two"), ("two", "one"), ("self", "self")]
    fill(folder / "organizations.csv", organizations(*pairs))

    assert refusal(folder) == [
        "  organizations.csv:3: parent: “two” leads back to this row",
        "  organizations.csv:4: parent: “one” leads back to this row",
        "  organizations.csv:5: parent: “self” leads back to this row",
    ]
