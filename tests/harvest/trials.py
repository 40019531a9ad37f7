"""One way round the forms for each constraint of harvesting; tests/architecture/test_constraints.py walks them."""

from django.utils import timezone

from tests.factories.harvest import make_copy, make_finding, make_host, make_origin, make_run, make_twin
from tests.factories.opendata import make_dataset


def twice(make, **same):
    make(**same)
    make(**same)


TRIALS = {
    "harvest_a_host_is_an_exact_name": lambda: make_host(name="*.example.org"),
    "harvest_an_address_is_harvested_once_for_a_place": lambda: twice(make_origin, address="https://a.example.org"),
    "harvest_kind_is_known": lambda: make_origin(kind="ftp"),
    "harvest_rhythm_is_known": lambda: make_origin(often="hour"),
    "harvest_license_is_known": lambda: make_origin(license="notspecified"),
    "harvest_a_table_has_a_license": lambda: make_origin(kind="table"),
    "harvest_an_origin_is_harvested_once_at_a_time": lambda: twice(make_run, origin=make_origin()),
    "harvest_state_is_known": lambda: make_run(state="asleep", ended_at=timezone.now()),
    "harvest_scope_is_known": lambda: make_run(scope="some"),
    "harvest_what_ended_is_dated": lambda: make_run(state="done"),
    "harvest_what_broke_off_has_a_reason": lambda: make_run(state="failed", ended_at=timezone.now()),
    "harvest_no_more_is_told_than_was_found": lambda: make_run(new=1),
    "harvest_a_record_is_found_once_in_a_run": lambda: twice(make_finding, run=make_run(), remote_id="a"),
    "harvest_outcome_is_known": lambda: make_finding(outcome="lost"),
    "harvest_what_was_refused_has_a_reason": lambda: make_finding(outcome="refused"),
    "harvest_a_record_has_one_copy": lambda: twice(make_copy, origin=make_origin(), remote_id="a"),
    "harvest_a_dataset_stands_for_one_record": lambda: twice(make_copy, dataset=make_dataset()),
    "harvest_whoever_looked_after_it_is_known": lambda: make_copy(looked_at=timezone.now()),
    "harvest_a_record_is_the_twin_of_one": lambda: twice(make_twin, origin=make_origin(), remote_id="a"),
    "harvest_fingerprint_is_sha256": lambda: make_copy(fingerprint="a"),
}
