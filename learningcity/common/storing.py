"""What can be wrong with the store of files, in one word, wherever it stands."""

import logging

logger = logging.getLogger(__name__)


class StoreAway(Exception):
    """The store does not answer, refuses us, or does not give what was put there; the words are for the log."""


def tell_who_looks_after_it(problem: StoreAway) -> None:
    """Write down that somebody did not get a file."""
    logger.error("No file could be had: %s", problem)
