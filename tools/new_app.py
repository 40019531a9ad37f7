"""./run new-app NAME FLOOR: the rooms of a new app, its lines in the contracts and the settings, and its first test.

FLOOR is the name of any app that stands on the same floor, built or only drawn.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "__init__.py": '"""One paragraph: what {name} is for, and what it is not."""\n',
    "apps.py": ('from django.apps import AppConfig\n\n\nclass Config(AppConfig):\n    name = "learningcity.{name}"\n'),
    "enums.py": '"""States and kinds of {name}, and the table of allowed steps."""\n',
    "models.py": '"""What {name} remembers."""\n',
    "queries.py": '"""What may be asked of {name}."""\n',
    "rules.py": '"""Who may do what in {name}."""\n',
    "actions.py": '"""What can be done in {name}: one verb, one function, one transaction, one audit entry."""\n',
    "migrations/__init__.py": "",
}
FIRST_TEST = """from django.apps import apps


def test_{name}_is_installed():
    assert apps.get_app_config("{name}").name == "learningcity.{name}"
"""


class CannotAdd(Exception):
    """Why the app cannot be added, in one sentence."""


@dataclass(frozen=True)
class House:
    """The project's folder, and the floors drawn in its pyproject.toml."""

    root: Path

    @property
    def plan(self) -> Path:
        return self.root / "pyproject.toml"

    def contracts(self) -> list[dict[str, list[str]]]:
        return tomllib.loads(self.plan.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

    def floors(self) -> list[list[str]]:
        """Return the apps of every floor from the top, those not yet built in brackets."""
        return [[app.strip() for app in floor.split("|")] for floor in self.contracts()[0]["layers"]]

    def floor_of(self, app: str) -> int | None:
        return next((depth for depth, apps in enumerate(self.floors()) if {app, f"({app})"} & set(apps)), None)


def add_app(house: House, name: str, neighbor: str) -> None:
    """Add an app beside another one.

    :raises CannotAdd: if the name is not a name, is taken, or is drawn on another floor.
    """
    depth = house.floor_of(neighbor)
    if not re.fullmatch(r"[a-z]{3,20}", name):
        raise CannotAdd(f"{name} is not a name for an app: one lower-case word, letters only.")
    if depth is None:
        raise CannotAdd(f"{neighbor} stands on no floor; these do: {', '.join(drawn(house))}.")
    if (house.root / "learningcity" / name).exists():
        raise CannotAdd(f"There is an app {name} already.")
    if house.floor_of(name) not in {None, depth}:
        raise CannotAdd(f"{name} is drawn on another floor than {neighbor}: move it there first, by a decision.")
    write_files(house, name)
    draw(house, name, depth)
    install(house, name)


def drawn(house: House) -> list[str]:
    return [app.strip("()") for floor in house.floors() for app in floor]


def write_files(house: House, name: str) -> None:
    for file, words in ROOMS.items():
        path = house.root / "learningcity" / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words.replace("{name}", name), encoding="utf-8")
    test = house.root / "tests" / name / "test_apps.py"
    test.parent.mkdir(parents=True, exist_ok=True)
    test.write_text(FIRST_TEST.replace("{name}", name), encoding="utf-8")


def draw(house: House, name: str, depth: int) -> None:
    """Write the app into both contracts of pyproject.toml."""
    text = house.plan.read_text(encoding="utf-8")
    before = house.contracts()[0]["layers"][depth]
    apps = {app for app in house.floors()[depth] if app != f"({name})"} | {name}
    after = " | ".join(sorted(apps, key=lambda app: app.strip("()")))
    text = text.replace(f'"{before}"', f'"{after}"', 1)
    rooms = house.contracts()[1]["containers"]
    last = max((room for room in rooms if room < f"learningcity.{name}"), default=rooms[0])
    text = text.replace(f'  "{last}",\n', f'  "{last}",\n  "learningcity.{name}",\n', 1)
    house.plan.write_text(text, encoding="utf-8")


def install(house: House, name: str) -> None:
    """Write the app into INSTALLED_APPS, after the last app that is not below it."""
    settings = house.root / "learningcity" / "config" / "settings.py"
    text = settings.read_text(encoding="utf-8")
    depth = house.floor_of(name) or 0
    installed = re.findall(r'^    "learningcity\.([a-z]+)",$', text, re.MULTILINE)
    above = [app for app in installed if (house.floor_of(app) or 0) <= depth]
    line = f'    "learningcity.{above[-1]}",\n'
    settings.write_text(text.replace(line, f'{line}    "learningcity.{name}",\n', 1), encoding="utf-8")


def main(words: list[str]) -> None:
    if len(words) != 2:
        sys.exit("./run new-app NAME FLOOR, where FLOOR is the name of an app on the same floor.")
    try:
        add_app(House(ROOT), *words)
    except CannotAdd as problem:
        sys.exit(str(problem))
    print(f"Added learningcity/{words[0]}. Say what it is for in its __init__.py, and draw it in docs/architecture.md.")


if __name__ == "__main__":
    main(sys.argv[1:])
