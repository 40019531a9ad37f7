import pytest

from bench.targets import growth, ratio, targets


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
