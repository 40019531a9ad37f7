import pytest

from learningcity.common.descent import IN_A_CIRCLE, depths


@pytest.mark.parametrize(
    ("above", "found"),
    [
        ({}, {}),
        ({"a": None}, {"a": 0}),
        ({"a": "b", "b": "c", "c": None}, {"a": 2, "b": 1, "c": 0}),
        ({"c": None, "b": "c", "a": "b"}, {"a": 2, "b": 1, "c": 0}),
        ({"a": "elsewhere"}, {"a": 0}),
        ({"a": "a"}, {"a": IN_A_CIRCLE}),
        ({"a": "b", "b": "a"}, {"a": IN_A_CIRCLE, "b": IN_A_CIRCLE}),
        ({"below": "a", "a": "b", "b": "a"}, {"below": 0, "a": IN_A_CIRCLE, "b": IN_A_CIRCLE}),
    ],
)
def test_depths_say_who_comes_first_and_who_belongs_to_itself(above, found):
    assert depths(above) == found


def test_depths_of_a_long_chain_need_no_deep_stack():
    assert max(depths({number: number - 1 for number in range(5_000)}).values()) == 4_999
