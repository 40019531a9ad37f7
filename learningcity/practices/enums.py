from dataclasses import dataclass

from django.db.models import IntegerChoices
from django.utils.functional import Promise
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


@dataclass(frozen=True, slots=True)
class Question:
    """What a point asks, and how a city answered it."""

    asks: str | Promise
    example: str | Promise


QUESTIONS = {
    Point.OBJECTIVES: Question(
        _("What it shall bring about, and for whom."),
        _(
            "“To screen all children in the schools, to keep those at risk from dropping out by care that fits each child’s "
            "problem …” (Khon Kaen City Municipality, on Teachers, Doctors and Parents)"
        ),
    ),
    Point.CONTEXT: Question(
        _("Where it takes place: people, institutions, what was there already."),
        _(
            "“A pilot in the 11 schools of the municipality: the municipality, Khon Kaen Hospital and the Northeastern Child "
            "and Adolescent Mental Health Institute signed a memorandum …” (a report of Matichon)"
        ),
    ),
    Point.CHALLENGES_AND_NEEDS: Question(
        _(
            "What was wrong or missing, and what people in the community said they need; with numbers, if there are any."
        ),
        _(
            "“Many Thai children have conditions that hinder learning, but few get care …” (Khon Kaen City Municipality, "
            "principles and reasons of the project)"
        ),
    ),
    Point.PROCESS: Question(
        _("What is done, step by step, and who does it."),
        _(
            "“Visiting the area and experimenting with ‘community resource extraction’, based on the main points of People, "
            "Place, Object, and Memory …” (Chiang Mai Learning City)"
        ),
    ),
    Point.UNIQUENESS: Question(
        _("What is new in it, compared with what others do or what was done before."),
        _(
            "“… under medical guidance; parents support the child at home, teachers and classmates at school.” (Khon Kaen "
            "City Municipality, on Teachers, Doctors and Parents)"
        ),
    ),
    Point.OUTCOMES: Question(
        _(
            "What became better, for how many, and how one knows. Numbers are best chosen below as well, with their sources."
        ),
        _("“Of 9,206 children screened, 535 were found at risk.” (Khon Kaen City Municipality)"),
    ),
    Point.SUCCESS_FACTORS: Question(
        _("Without what or whom it would not have worked."),
        _(
            "“The mayor names teachers and educational personnel as the key drivers of the policy; they were trained in it in "
            "July 2024.” (Khon Kaen City Municipality, on the 360 Classroom)"
        ),
    ),
    Point.OBSTACLES: Question(
        _("What went wrong or still does, and how it was met. Others learn most from this."),
        _(
            "“… even when schools screen them, there are too few health staff and resources to serve them.” (Khon Kaen City "
            "Municipality, principles and reasons of the project)"
        ),
    ),
    Point.SUSTAINABILITY: Question(
        _("How it goes on when the first money is spent and the first people have left."),
        _("Teachers, Doctors and Parents has been going on since 2015. (Khon Kaen City Municipality)"),
    ),
    Point.SCALABILITY: Question(
        _("How it can grow, and how others may learn it."),
        _(
            "“The municipality plans to expand the program, to share its model with other organizations interested in study "
            "visits, and to publish the findings as an academic article.” (Khon Kaen City Municipality)"
        ),
    ),
}
