import pytest

from learningcity.notices import registry
from tests.factories.notices import KIND


@pytest.fixture(autouse=True)
def _mail_stays_here(settings):
    settings.LETTER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def may_not(monkeypatch):
    """Notices of the sample kind may be read: by everybody but those who are put into this set."""
    shut_out = set()
    text = registry.Text(
        title=lambda notice: f"{notice.about.name_en} asks",
        allowed=lambda user, notice: user.pk not in shut_out,
        address=lambda notice: f"/cities/{notice.about.slug}/",
    )
    monkeypatch.setitem(registry.texts, KIND, text)
    return shut_out


@pytest.fixture(autouse=True)
def _sample_kind(may_not):
    return may_not
