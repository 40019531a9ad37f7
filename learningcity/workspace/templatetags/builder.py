"""What only the plan builder shows."""

from uuid import uuid4

from django import template

from learningcity.workspace.queries.plan import draft_title

register = template.Library()
register.filter("draft_title", draft_title)


@register.simple_tag
def fresh_token() -> str:
    """Name the draft that a form would begin: sent twice, it is the same draft."""
    return str(uuid4())
