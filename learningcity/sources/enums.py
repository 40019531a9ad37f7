from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    OFFICIAL = "official", _("official publication")
    NETWORK = "network", _("publication of a network or partner")
    NEWS = "news", _("news report")
    DATASET = "dataset", _("dataset")
    WEBSITE = "website", _("website")
    DOCUMENT = "document", _("document")


class Certainty(TextChoices):
    """How far a reader may rely on a statement."""

    STATED = "stated", _("stated by the source")
    INFERRED = "inferred", _("inferred by us from the source")
    UNCERTAIN = "uncertain", _("uncertain")
