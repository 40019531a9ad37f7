from django.db.models import IntegerChoices


class Strength(IntegerChoices):
    """How much a document is about a term. It is written into the last two bits of each indexed number."""

    WEAK = 0
    FAIR = 1
    STRONG = 2
    NAMED = 3  # The term stands in the title or in another name of the record.
