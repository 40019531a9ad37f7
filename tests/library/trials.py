"""Rows that each constraint of the library refuses, for tests/architecture/test_constraints.py."""

from tests.factories.library import make_place, make_resource

TRIALS = {
    "library_resource_has_a_title": lambda: make_resource(title_th="", title_en=""),
    "library_resource_can_be_reached": lambda: make_resource(url=""),
    "library_resource_is_for_somebody": lambda: make_resource(stages=[]),
    "library_resource_speaks_a_language": lambda: make_resource(languages=[]),
    "library_resource_takes_some_time": lambda: make_resource(minutes=0),
    "library_resource_is_described_in_known_words": lambda: make_resource(stages=["school", "afterlife"]),
    "library_place_has_a_name": lambda: make_place(name_th="", name_en=""),
    "library_place_lies_in_thailand_or_nowhere": lambda: make_place(latitude="102.83", longitude="16.43"),
    "library_place_is_open_in_a_week_that_there_is": lambda: make_place(weekly="Mo 9-17"),
    "library_place_is_described_in_known_words": lambda: make_place(kind="castle"),
}
