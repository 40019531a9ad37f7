import pytest


@pytest.fixture(autouse=True)
def _no_key_known_yet() -> None:
    """A process remembers which keys there are; a test begins with none."""
    from learningcity.interfaces.queries import keys

    keys._holder_of.cache_clear()
