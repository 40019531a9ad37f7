from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from learningcity.common.thai.dates import Precision


def in_vague_order(start: str, end: str, name: str) -> models.CheckConstraint:
    """Return a constraint that a period does not end before it starts, where "by 2570" lasts until its last day."""
    months = (ExtractYear(F(f"{end}_on")) - ExtractYear(F(f"{start}_on"))) * 12
    months += ExtractMonth(F(f"{end}_on")) - ExtractMonth(F(f"{start}_on"))
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{start}_on__isnull": True})
        | Q(**{f"{end}_on__isnull": True})
        | Q(**{f"{end}_on__gte": F(f"{start}_on")})
        | Q(GreaterThanOrEqual(months, 0), **{f"{end}_precision": Precision.MONTH})
        | Q(**{f"{end}_precision": Precision.YEAR, f"{end}_on__year__gte": ExtractYear(F(f"{start}_on"))}),
        violation_error_message=_("The end lies before the start."),
    )
