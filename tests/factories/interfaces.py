from itertools import count
from typing import Any

from learningcity.interfaces.models import ApiKey
from learningcity.interfaces.queries.keys import digest_of
from tests.factories.accounts import make_user

_numbers = count(1)


def make_key(token: str = "", **changes: Any) -> ApiKey:
    """Make a key that a program may use: the one that is given, or some other."""
    token = token or f"lc_sample-{next(_numbers):04}"
    user = changes.pop("user", None) or make_user()
    return ApiKey.objects.create(
        user=user, digest=digest_of(token), **{"name": "Sample", "beginning": token[:9], **changes}
    )
