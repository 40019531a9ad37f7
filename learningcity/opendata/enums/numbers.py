from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Qualifier(TextChoices):
    """How the source qualifies its number."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    LESS_THAN = "less_than", _("less than")
    AT_LEAST = "at_least", _("at least")


class Sex(TextChoices):
    """Of which sex the people are whom a number counts; a number that is of all of them says nothing here."""

    FEMALE = "female", _("women and girls")
    MALE = "male", _("men and boys")
    OTHER = "other", _("another or unknown sex")


class Disability(TextChoices):
    """Whether the people whom a number counts live with a disability."""

    WITH = "with", _("with a disability")
    WITHOUT = "without", _("without a disability")
