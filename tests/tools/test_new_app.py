import re
from pathlib import Path

import pytest

from tools.new_app import ROOMS, CannotAdd, House, add_app

PLAN = """
[project]
name = "house"

[[tool.importlinter.contracts]]
layers = [
  "config",
  "(forum) | awards | (week)",
  "(badges) | practices",
  "cities",
]

[[tool.importlinter.contracts]]
containers = [
  "learningcity.awards",
  "learningcity.cities",
  "learningcity.practices",
]
"""
SETTINGS = """
INSTALLED_APPS = [
    "learningcity.awards",
    "learningcity.practices",
    "learningcity.cities",
    "django.contrib.admin",
]
"""


@pytest.fixture
def house(tmp_path):
    (tmp_path / "learningcity/config").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PLAN)
    (tmp_path / "learningcity/config/settings.py").write_text(SETTINGS)
    return House(tmp_path)


def test_add_app_draws_an_unknown_app_beside_its_neighbor(house):
    add_app(house, "lanterns", "practices")

    assert house.floors()[2] == ["(badges)", "lanterns", "practices"]


def test_add_app_takes_the_brackets_off_an_app_that_was_only_drawn(house):
    add_app(house, "week", "awards")

    assert house.floors()[1] == ["awards", "(forum)", "week"]


def test_add_app_gives_the_app_its_rooms(house):
    add_app(house, "badges", "practices")

    containers = house.contracts()[1]["containers"]
    assert containers == [f"learningcity.{name}" for name in ("awards", "badges", "cities", "practices")]


def test_add_app_installs_it_above_the_floors_below(house):
    add_app(house, "badges", "practices")

    settings = (house.root / "learningcity/config/settings.py").read_text()
    apps = re.findall(r'"learningcity\.(\w+)"', settings)
    assert apps == ["awards", "practices", "badges", "cities"]


def test_add_app_writes_rooms_and_a_first_test(house):
    add_app(house, "badges", "practices")

    rooms = {path.name for path in (house.root / "learningcity/badges").iterdir()}
    assert rooms == {Path(file).parts[0] for file in ROOMS}
    test = (house.root / "tests/badges/test_apps.py").read_text()
    assert 'get_app_config("badges").name == "learningcity.badges"' in test


@pytest.mark.parametrize(
    ("name", "floor", "reason"),
    [
        ("Badges", "practices", "one lower-case word"),
        ("badges", "attic", "stands on no floor"),
        ("config", "practices", "already"),
        ("week", "practices", "another floor"),
    ],
)
def test_add_app_refuses_what_does_not_fit(house, name, floor, reason):
    with pytest.raises(CannotAdd, match=reason):
        add_app(house, name, floor)
