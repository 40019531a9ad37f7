import pytest

from bench.desk import BARE
from bench.targets import desk_targets, growth, import_targets, picture_targets, ratio, targets


def figures(per_second, p50_ms):
    return {"per_second": per_second, "p50_ms": p50_ms}


@pytest.fixture
def results():
    return {
        "sizes": [13, 7850],
        "queries": {13: {"city": {"first": 12, "second": 2}}},
        "pages": {
            "made": {
                "bare": {13: figures(1000, 1), 7850: figures(500, 2)},
                "city": {13: figures(200, 5), 7850: figures(150, 8)},
            },
            "anew": {"city": {13: figures(199, 5), 7850: figures(150, 8)}},
            "kept": {"city": {13: figures(3000, 1), 7850: figures(2999, 1)}},
        },
        "weights": {"city (th)": {"total": 150_001}},
        "network": {
            "100": {"times_networkx": 1, "greatest_difference": 1e-9},
            "5000": {"times_networkx": 0.9},
        },
        "desk": {},
        "imports": {},
        "pictures": {},
    }


def test_ratio_is_taken_at_the_same_number_of_cities(results):
    assert [ratio(results, "made", "city", cities) for cities in (13, 7850)] == [0.2, 0.3]


def test_growth_compares_the_times_of_one_visitor(results):
    assert growth(results["pages"]["made"], "city") == 1.6


def test_targets_are_met_at_the_limit_and_missed_beyond_it(results):
    met = [target.met for target in targets(results)]

    assert met[:7] == [True, True, False, True, False, False, False]
    # Both networks against networkx, and the difference that is known.
    assert met[7:] == [True, False, True]


def desk(queries, p50_ms):
    return {
        "waiting": 2,
        BARE: {"queries": 5, "p50_ms": 5, "kb": 2},
        "save of a draft": {"queries": queries, "p50_ms": p50_ms, "kb": 150},
    }


def test_desk_asks_as_many_queries_and_takes_little_longer_with_many_cities(results):
    results["desk"] = {13: desk(17, 50), 785: desk(18, 75)}

    found = [(target.value, target.met) for target in desk_targets(results)]

    assert found == [(1, False), (1.5, True), (150, True), (10, True)]


def test_imports_are_fast_small_and_no_slower_for_a_row_among_many(results):
    row = {"rows_per_s": 500, "memory_mb": 513, "reader_memory_mb": 512}
    results["imports"] = {"5000": {}, "50000": row, "growth_per_row": {"check": 1.5, "write": 1.6}}

    found = [(target.value, target.met) for target in import_targets(results)]

    assert found == [(500, True), (513, False), (512, True), (1.5, True), (1.6, False)]


def test_pictures_take_no_more_than_the_plain_way(results):
    results["pictures"] = {"ours": {"seconds": 1, "memory_mb": 200}, "plain": {"seconds": 2, "memory_mb": 100}}

    assert [(target.value, target.met) for target in picture_targets(results)] == [(0.5, True), (2, False)]
