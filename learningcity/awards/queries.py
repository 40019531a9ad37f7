from django.db.models import Prefetch, QuerySet

from learningcity.awards.models import Category, Edition


def editions_in_order() -> QuerySet[Edition]:
    """Return the editions, latest first, each with its categories in their order."""
    return Edition.objects.order_by("-held_on", "pk").prefetch_related(
        Prefetch("categories", Category.objects.order_by("position"))
    )
