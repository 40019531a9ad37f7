from xml.etree import ElementTree

import pytest

from learningcity.common import pattern
from learningcity.common.pattern import Thread

CODES = [f"city-{number}" for number in range(785)]


def test_cloth_is_the_same_every_time():
    first = pattern.cloth("chiang-mai")
    pattern.cloth.cache_clear()
    pattern.draft_of.cache_clear()

    assert pattern.cloth("chiang-mai") == first


def test_cloths_of_785_codes_are_all_different():
    assert len({pattern.cloth(code) for code in CODES}) == 785


@pytest.mark.parametrize("half", [4, 8, 16])
def test_cloth_is_symmetrical_across_down_and_diagonally(half):
    cells = pattern.cloth("khon-kaen", half)

    assert cells == cells[::-1]
    assert cells == tuple(row[::-1] for row in cells)
    assert cells == tuple(zip(*cells, strict=True))


def test_small_cloth_is_the_middle_of_the_large_one():
    small, large = pattern.cloth("yala", 4), pattern.cloth("yala", 16)

    assert tuple(row[12:19] for row in large[12:19]) == small


def test_cloth_is_neither_empty_nor_full():
    shares = [
        sum(cell is not Thread.GROUND for row in pattern.cloth(code) for cell in row) / 225 for code in CODES[:100]
    ]

    assert (min(shares) > 0.25, max(shares) < 0.8) == (True, True)


def test_every_cloth_has_a_heart_in_the_middle():
    hearts = {Thread.HEART in row for code in CODES[:100] for row in pattern.cloth(code, 4)[2:5]}

    assert hearts == {True}


def test_runs_cover_exactly_the_figure():
    cells = pattern.cloth("satun")
    covered = {(x + step, y): thread for thread, x, y, length in pattern.runs(cells) for step in range(length)}

    assert covered == {
        (x, y): cell for y, row in enumerate(cells) for x, cell in enumerate(row) if cell is not Thread.GROUND
    }


def test_svg_is_an_ornament_without_colors_of_its_own():
    drawing = ElementTree.fromstring(pattern.svg("phuket", 8))

    assert drawing.attrib == {"class": "cloth", "viewBox": "0 0 15 15", "aria-hidden": "true"}
    assert {path.get("fill") for path in drawing} == {None}
    assert {path.get("class") for path in drawing} <= {"weft", "inlay", "heart"}


def test_icon_is_a_file_of_its_own_with_colors():
    drawing = ElementTree.fromstring(pattern.icon("phuket"))

    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert {path.get("fill") is None for path in drawing} == {False}


def test_hem_escapes_the_code():
    assert '"><b>' not in pattern.hem('"><b>')
