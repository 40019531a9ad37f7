import pytest

from learningcity.common.ranges import Unsatisfiable, is_same, range_of


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=2-", (2, 9)),
        ("bytes=2-99", (2, 9)),
        ("bytes=-4", (6, 9)),
        ("bytes=-99", (0, 9)),
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=4-2", None),
        ("bytes=1-2,4-5", None),
        ("bytes=" + "9" * 40 + "-", None),
        ("lines=1-2", None),
    ],
)
def test_range_of_reads_one_range(said, found):
    assert range_of(said, 10) == found


@pytest.mark.parametrize(("said", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=-1", 0), ("bytes=0-", 0)])
def test_range_of_refuses_what_the_file_does_not_have(said, size):
    with pytest.raises(Unsatisfiable):
        range_of(said, size)


@pytest.mark.parametrize(
    ("said", "same"), [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)]
)
def test_is_same_compares_marks(said, same):
    assert is_same(said, '"a"') is same
