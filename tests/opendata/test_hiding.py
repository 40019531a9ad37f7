"""Small cells, and those that would tell them: tried on tables that add up in every way."""

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from learningcity.opendata.queries.hiding import NEVER, Cell, Hiding, hidden_cells

SMALL, COVER = Hiding.SMALL, Hiding.COVER
ALL = Cell()
FEMALE, MALE, OTHER = Cell("female"), Cell("male"), Cell("other")


def aged(start, end=NEVER, sex=""):
    return Cell(sex, (start, end))


def hidden(values, smallest=10):
    return hidden_cells({cell: Decimal(value) for cell, value in values.items()}, smallest)


def test_a_table_of_large_groups_is_shown_whole():
    assert hidden({ALL: 40, FEMALE: 25, MALE: 15}) == {}


@pytest.mark.parametrize("value", [0, 1, 9])
def test_a_small_group_is_hidden_and_a_second_one_with_it(value):
    assert hidden({ALL: 40 + value, FEMALE: value, MALE: 40}) == {FEMALE: SMALL, MALE: COVER}


def test_ten_are_enough():
    assert hidden({ALL: 50, FEMALE: 10, MALE: 40}) == {}


def test_the_smallest_of_the_others_covers():
    districts = {Cell(district=f"400{number}"): 10 * number for number in range(2, 6)}
    small = Cell(district="4001")

    assert hidden({ALL: 144, small: 4} | districts) == {small: SMALL, Cell(district="4002"): COVER}


def test_two_small_groups_that_are_few_together_are_covered_by_a_third():
    assert hidden({ALL: 103, FEMALE: 1, MALE: 2, OTHER: 100}) == {FEMALE: SMALL, MALE: SMALL, OTHER: COVER}


def test_a_small_group_is_covered_even_where_its_source_gives_no_total():
    assert hidden({FEMALE: 3, MALE: 40}) == {FEMALE: SMALL, MALE: COVER}


def test_a_part_that_would_tell_the_few_others_is_hidden():
    assert hidden({ALL: 15, FEMALE: 12}) == {FEMALE: COVER}
    assert hidden({ALL: 40, FEMALE: 12}) == {}


def test_people_of_no_known_age_or_district_are_not_told_apart_from_rounding():
    ages = {aged(0, 5): 100, aged(6, 59): 797, aged(60): 100}

    assert hidden({ALL: 1000} | ages) == {}
    assert hidden({ALL: 1000, Cell(disability="with"): 97, Cell(disability="without"): 900}) == {}
    # A third sex and the districts that nobody lists can be named.
    assert hidden({ALL: 1000, FEMALE: 500, MALE: 497}) == {MALE: COVER}
    assert hidden({ALL: 1000, Cell(district="4001"): 500, Cell(district="4002"): 497}) == {Cell(district="4002"): COVER}


def test_a_small_total_is_hidden_with_its_parts():
    assert hidden({ALL: 7, FEMALE: 3, MALE: 4}) == {ALL: SMALL, FEMALE: SMALL, MALE: SMALL}


def test_a_total_below_its_only_part_hides_both():
    # Two statements that cannot both be true still may not tell a small number.
    assert hidden({ALL: 7, FEMALE: 12}) == {ALL: SMALL, FEMALE: COVER}


def test_ages_that_overlap_are_covered_in_each_way_in_which_they_add_up():
    said = {ALL: 100, aged(0, 4): 3, aged(5, 9): 17, aged(0, 9): 20, aged(10): 80}

    # Otherwise 0 to 9 less 5 to 9 would be 3.
    assert hidden(said) == {aged(0, 4): SMALL, aged(5, 9): COVER}


def test_nested_ages_that_differ_by_a_few_are_not_both_shown():
    assert hidden({aged(60): 50, aged(65): 46}) == {aged(65): COVER}


def test_a_table_in_two_dimensions_is_covered_along_both():
    said = {
        ALL: 400,
        FEMALE: 103,
        MALE: 297,
        aged(0, 14): 150,
        aged(15): 250,
        aged(0, 14, "female"): 3,
        aged(15, NEVER, "female"): 100,
        aged(0, 14, "male"): 147,
        aged(15, NEVER, "male"): 150,
    }

    assert hidden(said) == {
        aged(0, 14, "female"): SMALL,
        aged(15, NEVER, "female"): COVER,
        aged(0, 14, "male"): COVER,
        aged(15, NEVER, "male"): COVER,
    }


def rank_of(rows):
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[rank:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(rank, pivot)
        for row in rows[rank + 1 :]:
            factor = Fraction(row[column], pivot[column])
            row[:] = [left - factor * right for left, right in zip(row, pivot, strict=True)]
        rank += 1
    return rank


@pytest.mark.parametrize("seed", range(60))
def test_no_small_number_can_be_worked_out_by_adding_and_subtracting(seed):
    chance = random.Random(seed)
    sexes, ages = ("female", "male", "other")[: chance.randint(2, 3)], [(0, 5), (6, 11), (12, NEVER)]
    atoms = {pair: chance.choice([0, 2, 5, 12, 30, 80]) for pair in product(sexes, ages)}
    cells = {}
    for sex, span in product(("", *sexes), (None, *ages)):
        row = [int(sex in ("", one) and span in (None, other)) for one, other in atoms]
        cells[Cell(sex, span)] = row
    values = {cell: sum(a * b for a, b in zip(row, atoms.values(), strict=True)) for cell, row in cells.items()}

    not_shown = hidden(values)

    assert {cell for cell, why in not_shown.items() if why == SMALL} == {c for c, v in values.items() if v < 10}
    known = [row for cell, row in cells.items() if cell not in not_shown]
    told = [c for c, why in not_shown.items() if why == SMALL and rank_of([*known, cells[c]]) == rank_of(known)]
    assert told == []
