from typing import Any

from django.utils import timezone

from learningcity.audit.queries import name_of
from learningcity.notices.models import Letter, Notice, Preference
from tests.factories.accounts import make_user
from tests.factories.cities import make_city

# A kind of notice that tests register; see tests/notices/conftest.py.
KIND = "sample.asked"


def make_letter(**changes: Any) -> Letter:
    """Make a letter that waits to be sent, without a job; told ``state=...``, one that is settled and wiped."""
    settled = {"settled_at": timezone.now()} if changes.get("state", "queued") != "queued" else {}
    says = {} if settled or changes.get("kind") == "notices" else {"subject": "Sample subject", "text": "Sample text"}
    address = {} if changes.get("kind") == "notices" else {"to": "reader@example.org"}
    return Letter.objects.create(**{**address, **says, **settled, **changes})


def make_notice(**changes: Any) -> Notice:
    """Make an unread notice about a city that waits for no mail."""
    if "recipient" not in changes:
        changes["recipient"] = make_user()
    if "record" not in changes:
        changes["record"] = name_of(make_city())
    return Notice.objects.create(**{"kind": KIND, "settled_at": timezone.now(), **changes})


def make_preference(**changes: Any) -> Preference:
    if "user" not in changes:
        changes["user"] = make_user()
    return Preference.objects.create(**{"how": "daily", **changes})
