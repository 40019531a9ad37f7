from __future__ import annotations

from typing import Any

from django.db import transaction

from learningcity.search.actions import index
from learningcity.sources.actions import named_source
from learningcity.sources.fields import NEW
from learningcity.sources.models import Source


@transaction.atomic
def cite(said: dict[str, Any], asker: str = "source") -> Source:
    """Return the source that a valid form names in this field; a new one is written, and can be found from then on.

    Called by those who publish; what they publish is what they may.
    """
    source = named_source({**said, "source": said[asker]})
    if said[asker] == NEW:
        index(source)
    return source
