"""One way round the forms for each constraint of keys; tests/architecture/test_constraints.py walks them."""

from tests.factories.interfaces import make_key

TRIALS = {
    "interfaces_only_the_digest_is_kept": lambda: make_key().__class__.objects.update(digest="lc_sample"),
    "interfaces_a_key_says_what_it_is_for": lambda: make_key(name=""),
}
