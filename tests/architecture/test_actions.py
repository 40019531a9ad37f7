"""Whoever could reach an action has been refused by it once, in a test."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Rooms in which an action is asked for by somebody who may be anybody.
ROOMS_WITH_STRANGERS = {"admin", "api", "adapter", "forms", "middleware", "templatetags", "views"}


def room(path):
    """Return the room of a file: the part of its path after the app."""
    return path.relative_to(ROOT / "learningcity").with_suffix("").parts[1]


def modules(*rooms):
    for path in sorted((ROOT / "learningcity").glob("*/**/*.py")):
        if room(path) in rooms:
            yield path, ast.parse(path.read_text())


def parameters(function):
    return {argument.arg for argument in function.args.args + function.args.kwonlyargs}


def actions():
    """Return the public actions that somebody takes, as (app, name)."""
    for path, tree in modules("actions"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and "by" in parameters(node):
                yield path.relative_to(ROOT / "learningcity").parts[0], node.name


def imported(tree):
    """Return what a module takes from modules of actions, as (app, name)."""
    homes = {}
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module) if module and module.startswith("learningcity."):
                app, *rest = module.split(".")[1:]
                for alias in node.names:
                    if rest[:1] == ["actions"]:
                        yield app, alias.name
                    elif alias.name == "actions":
                        homes[alias.asname or alias.name] = app
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=home), attr=name) if home in homes:
                yield homes[home], name


def within_reach():
    """Return the actions that a room with strangers takes; all others only commands and other actions can call."""
    taken = {pair for _, tree in modules(*ROOMS_WITH_STRANGERS) for pair in imported(tree)}
    return taken & set(actions())


def refused(function):
    """Return the actions that a test calls, with an author, where it waits for PermissionDenied."""
    for node in ast.walk(function):
        if isinstance(node, ast.With) and any("PermissionDenied" in ast.unparse(item) for item in node.items):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and any(word.arg == "by" for word in call.keywords):
                    yield call.func.id if isinstance(call.func, ast.Name) else call.func.attr


def refused_to_strangers():
    """Return the actions that a test of the same app refuses to a stranger."""
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and "stranger" in node.name:
                yield from ((path.relative_to(ROOT / "tests").parts[0], name) for name in refused(node))


def test_actions_within_reach_are_refused_to_a_stranger():
    assert within_reach() - set(refused_to_strangers()) == set()


def test_actions_are_found_at_all():
    assert within_reach() >= {("accounts", "erase_account"), ("cities", "grant_role"), ("cities", "end_role")}
