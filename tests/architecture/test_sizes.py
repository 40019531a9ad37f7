"""The house stays readable: small files, small functions, few parameters. There is no list of exceptions."""

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = [p for p in (ROOT / "learningcity").rglob("*.py") if "migrations" not in p.parts and p.stat().st_size]
TESTS = list((ROOT / "tests").rglob("*.py"))
TEMPLATES = list((ROOT / "learningcity").rglob("templates/**/*.html"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_no_file_is_longer_than_400_lines():
    assert [p.name for p in SOURCES + TESTS if lines(p) > 400] == []


def test_no_template_is_longer_than_150_lines():
    assert [p.name for p in TEMPLATES if lines(p) > 150] == []


def test_half_of_the_files_have_at_most_80_lines_and_nine_in_ten_at_most_200():
    sizes = sorted(lines(p) for p in SOURCES)

    assert statistics.median(sizes) <= 80
    assert sizes[int(len(sizes) * 0.9)] <= 200


def test_no_function_is_longer_than_50_lines():
    assert [f"{p.name}:{f.name}" for p, f in functions() if f.end_lineno - f.lineno + 1 > 50] == []


def test_no_function_takes_more_than_five_parameters():
    def count(function):
        given = function.args
        names = [a.arg for a in given.posonlyargs + given.args + given.kwonlyargs]
        return len([name for name in names if name not in ("self", "cls")])

    assert [f"{p.name}:{f.name}" for p, f in functions() if count(f) > 5] == []


def test_no_migration_is_named_by_a_machine():
    assert [p.name for p in (ROOT / "learningcity").rglob("migrations/*_auto_*.py")] == []
