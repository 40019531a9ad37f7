from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Point(IntegerChoices):
    """The eleven points in which a good practice is told; the first, its name, is the practice's own title."""

    OBJECTIVES = 2, _("Objectives of the innovation")
    CONTEXT = 3, _("Local environment and context")
    CHALLENGES_AND_NEEDS = 4, _("Initial challenges and community needs")
    PROCESS = 5, _("Innovation process")
    UNIQUENESS = 6, _("Uniqueness and novelty of the innovation")
    OUTCOMES = 7, _("Achieved outcomes")
    SUCCESS_FACTORS = 8, _("Success factors")
    OBSTACLES = 9, _("Challenges and obstacles")
    SUSTAINABILITY = 10, _("Sustainability of the project")
    SCALABILITY = 11, _("Scalability and dissemination strategies")
