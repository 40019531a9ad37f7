from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def smallest_group() -> int:
    """Return how many people a group must have to be shown."""
    return settings.SMALLEST_GROUP
