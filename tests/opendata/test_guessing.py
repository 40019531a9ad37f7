"""Whoever adds and subtracts all that is shown finds no small number: an attacker who tries, on tables drawn by lot."""

import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings, strategies as st

from learningcity.opendata.queries.hiding import NEVER, Cell, Hiding, hidden_cells
from learningcity.opendata.queries.ranges import Ranges, Unknown

SMALLEST = 10
SEXES = ("female", "male")
# Fine groups, and two coarse ones that they make up.
AGES = ((0, 5), (6, 11), (12, NEVER))
COARSE = ((0, 11), (6, NEVER))
DISTRICTS = ("0901", "0902", "0903")


@st.composite
def tables(draw):
    """Return by cell which people it counts and how many they are; some cells are not given by the source."""
    people = list(product(SEXES, AGES[: draw(st.integers(2, 3))], DISTRICTS[: draw(st.integers(1, 3))]))
    counts = [draw(st.sampled_from([0, 1, 3, 7, 9, 10, 11, 14, 30, 80])) for _one in people]
    of_ages = {ages for _sex, ages, _district in people}
    of_districts = {district for _sex, _ages, district in people}
    table = {}
    for sex, ages, district in product(("", *SEXES), (None, *sorted(of_ages), *COARSE), ("", *sorted(of_districts))):
        counted = [
            int(sex in ("", one) and (ages is None or ages[0] <= of[0] <= of[1] <= ages[1]) and district in ("", there))
            for one, of, there in people
        ]
        cell = Cell(sex, ages, district)
        if any(counted) and (cell.is_total or ages not in COARSE or draw(st.booleans())) and not draw(skipped):
            table[cell] = counted, sum(a * b for a, b in zip(counted, counts, strict=True))
    return table


skipped = st.sampled_from([False] * 9 + [True])


def solved(equations):
    """Return what an attacker finds by elimination: rows in which one unknown stands alone, as unknown -> value."""
    rows = [list(map(Fraction, row)) for row in equations]
    done = 0
    for column in range(len(rows[0]) - 1 if rows else 0):
        pivot = next((row for row in rows[done:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] if row[column] else row for row in rows]
        rows.insert(done, pivot)
        done += 1
    found = {}
    for row in rows[:done]:
        unknown = [place for place, value in enumerate(row[:-1]) if value]
        if len(unknown) == 1:
            found[unknown[0]] = row[-1]
    return found


def attack(table, hidden):
    """Return the small cells that an attacker works out, who knows of each cell whom it counts."""
    atoms = len(next(iter(table.values()))[0])
    small = [cell for cell, why in hidden.items() if why == Hiding.SMALL]
    # The people nobody tells apart are the first unknowns, the small cells that are sought are the last.
    shown = [[*counted, *[0] * len(small), value] for cell, (counted, value) in table.items() if cell not in hidden]
    sought = [[*(-one for one in table[cell][0]), *(int(cell is one) for one in small), 0] for cell in small]
    found = solved([*shown, *sought])
    return {small[place - atoms]: value for place, value in found.items() if place >= atoms}


@settings(max_examples=60, deadline=None)
@given(tables())
def test_an_attacker_who_solves_all_that_is_shown_finds_no_small_number(table):
    hidden = hidden_cells({cell: Decimal(value) for cell, (_counted, value) in table.items()}, SMALLEST)

    assert {cell for cell, why in hidden.items() if why == Hiding.SMALL} == {
        cell for cell, (_counted, value) in table.items() if value < SMALLEST
    }
    assert attack(table, hidden) == {}


def test_the_attacker_finds_what_is_hidden_badly():
    table = {Cell(): ([1, 1], 43), Cell("female"): ([1, 0], 3), Cell("male"): ([0, 1], 40)}

    assert attack(table, {Cell("female"): Hiding.SMALL}) == {Cell("female"): 3}


@st.composite
def sums(draw):
    """Return small numbers, bounds that they keep, and sums that are known of them."""
    values = [draw(st.integers(0, 4)) for _one in range(draw(st.integers(1, 4)))]
    known = [[draw(st.sampled_from([0, 1])) for _one in values] for _sum in range(draw(st.integers(0, 3)))]
    return values, known


@settings(max_examples=100, deadline=None)
@given(sums())
def test_ranges_hold_all_that_fits_and_are_told_to_be_wide_only_if_they_are(said):
    values, known = said
    fits = [
        some
        for some in product(range(5), repeat=len(values))
        if all(
            sum(a * b for a, b in zip(row, some, strict=True)) == sum(a * b for a, b in zip(row, values, strict=True))
            for row in known
        )
    ]

    for place in range(len(values)):
        unknown = [Unknown(*map(Fraction, (value, 0, 4, value, value))) for value in values]
        ranges = Ranges(unknown, [{one: factor for one, factor in enumerate(row) if factor} for row in known])
        width = max(some[place] for some in fits) - min(some[place] for some in fits)
        assert ranges.is_wide(place, Fraction(width))
        while ranges.is_wide(place, Fraction(width) + Fraction(1, 7)):
            # Halves may fit where whole numbers do not; then each of them is a table that fits.
            width += Fraction(1, 7)
        for row in known:
            now = sum(a * one.now for a, one in zip(row, unknown, strict=True))
            assert now == sum(a * b for a, b in zip(row, values, strict=True))
        assert all(0 <= one.low <= one.high <= 4 for one in unknown)


SAME = """
from decimal import Decimal
from itertools import product
import django; django.setup()
from learningcity.opendata.queries.hiding import Cell, hidden_cells
groups = list(product(("female", "male"), ((0, 5), (6, 11), (12, 1000)), ("0901", "0902", "0903")))
people = dict(zip(groups, [10, 3, 10, 7, 10, 10, 9, 10, 11, 11, 10, 3, 10, 0, 10, 10, 11, 10]))
table = {
    Cell(*one): Decimal(sum(many for of, many in people.items() if all(a in ("", None, b) for a, b in zip(one, of))))
    for one in product(("", "female", "male"), (None, (0, 5), (6, 11), (12, 1000)), ("", "0901", "0902", "0903"))
}
print(sorted(map(str, hidden_cells(table, 10))))
"""


def test_every_process_hides_the_same():
    # What is hidden on a page and shown in a file is not hidden.
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", SAME], env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in ("1", "2", "3")
    ]

    said = {process.communicate()[0] for process in begun}

    assert [len(said), b"Cell" in said.pop()] == [1, True]
