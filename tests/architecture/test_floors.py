"""The parts of the architecture that imports alone cannot show."""

import ast
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).parents[2]
FLOORS, ROOMS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
DEPTH = {app.strip(" ()"): depth for depth, floor in enumerate(FLOORS["layers"]) for app in floor.split("|")}
BUILT = {app.strip() for floor in FLOORS["layers"] for app in floor.split("|") if not app.strip().startswith("(")}
FRONT_DOORS = {"models", "queries", "actions", "enums", "registry", "fields"}


def cross_app_relations():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                here, there = model._meta.app_label, field.related_model._meta.app_label
                if here != there and here in DEPTH and there in DEPTH:
                    yield field, here, there


def test_foreign_keys_point_down():
    assert [str(field) for field, here, there in cross_app_relations() if DEPTH[there] <= DEPTH[here]] == []


def test_foreign_keys_leave_no_attribute_on_the_floor_below():
    assert [str(field) for field, *_ in cross_app_relations() if not field.remote_field.hidden] == []


def test_every_app_has_rooms():
    assert {room.split(".")[1] for room in ROOMS["containers"]} == BUILT - {"common", "config"}


def test_worker_knows_every_room_of_jobs():
    rooms = {f"learningcity.{path.parent.name}.jobs" for path in (ROOT / "learningcity").glob("*/jobs.py")}

    assert set(settings.PROCRASTINATE_IMPORT_PATHS) == rooms


def test_every_app_says_what_it_is_for():
    silent = [
        app for app in BUILT if not ast.get_docstring(ast.parse((ROOT / f"learningcity/{app}/__init__.py").read_text()))
    ]

    assert silent == []


def test_apps_use_each_others_front_doors():
    back_doors = []
    for path in (ROOT / "learningcity").rglob("*.py"):
        home = path.relative_to(ROOT / "learningcity").parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("learningcity."):
                _, app, *rest = node.module.split(".")
                names = rest[:1] or [alias.name for alias in node.names]
                if home != "config" and app not in (home, "common"):
                    back_doors += [f"{path.name} in {home}: {app}.{name}" for name in names if name not in FRONT_DOORS]
    assert back_doors == []
