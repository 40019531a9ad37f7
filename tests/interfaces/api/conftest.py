import pytest


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    """A process remembers what it has of everybody's tickets, and which keys there are; a test begins with none."""
    from learningcity.interfaces.api import limits
    from learningcity.interfaces.queries import keys

    limits.forget()
    keys._holder_of.cache_clear()
