from __future__ import annotations

from django import template

from learningcity.accounts.models import User
from learningcity.notices import queries

register = template.Library()


@register.filter
def unread_notices(user: object) -> int:
    """Return how many unread notices a signed-in person has; from ten on, ten. Nobody else has any."""
    return queries.unread_count(user) if isinstance(user, User) else 0
