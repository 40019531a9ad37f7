from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Qualifier(TextChoices):
    """How the source qualifies its number."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    LESS_THAN = "less_than", _("less than")
    AT_LEAST = "at_least", _("at least")
