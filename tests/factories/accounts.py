from itertools import count
from typing import Any

from learningcity.accounts.models import User

_numbers = count(1)


def make_user(**changes: Any) -> User:
    """Make an account that can sign in with the password given, or with none."""
    return User.objects.create_user(
        **{"email": f"person{next(_numbers):04}@example.org", "name": "Sample Person", **changes}
    )
