"""What the six fields of action mean, in our words, with questions that help to begin.

The six are those of UNESCO's Guidelines for Building Learning Cities (UNESCO Institute for Lifelong Learning, 2015). The
words here are ours, and so are the examples: none of them is the plan of a city.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learningcity.plans.enums import Field

Words = Promise | str


@dataclass(frozen=True, slots=True)
class Guide:
    """One field of action as the plan builder explains it."""

    field: Field
    meaning: Words
    questions: tuple[Words, ...]
    example: Words


GUIDES = (
    Guide(
        Field.PLANNING,
        _("Know where the city stands, agree on what shall change, and write down who does what by when."),
        (
            _("What do the people of the city need to learn, and how do we know?"),
            _("Which plan of the city or the province must this one fit into?"),
            _("Who decides, who coordinates, and how often do they meet?"),
        ),
        _("By 2570 every department of the municipality has one learning goal in its yearly plan."),
    ),
    Guide(
        Field.INVOLVEMENT,
        _("Bring everybody to the table who teaches, learns, pays or is left out, and let them decide too."),
        (
            _("Who is not in the room yet: informal workers, older people, young people out of school?"),
            _("Which organizations already teach, and what could each of them give?"),
            _("How does somebody without a title get a say?"),
        ),
        _("Every community names two people who plan the learning there, one of them under 25."),
    ),
    Guide(
        Field.CELEBRATION,
        _("Make learning visible and joyful: festivals, learning days, thanks to those who teach and those who dare."),
        (
            _("On which day does the whole city see that it learns?"),
            _("Whose learning is honored here, besides that of good pupils?"),
            _("What can people try at once, without signing up?"),
        ),
        _("One Saturday a year, a hundred people teach what they know in the streets of the old town."),
    ),
    Guide(
        Field.ACCESSIBILITY,
        _("Let everybody learn: near enough, cheap enough, at the right hour, in the right language, without steps."),
        (
            _("Who lives too far from any place of learning, and how far is too far?"),
            _("What keeps people away: the fee, the hour, the language, the building, shame?"),
            _("Where does somebody without internet learn what there is?"),
        ),
        _("Nobody needs more than fifteen minutes on foot to a place where they can learn."),
    ),
    Guide(
        Field.MONITORING,
        _("Find out whether it helps: few numbers, honestly measured, looked at together, and changed course after."),
        (
            _("Which three numbers would tell us that we are wrong?"),
            _("Who measures them, how often, and who else may look?"),
            _("What did we stop doing because the numbers said so?"),
        ),
        _("Each October the council looks at the same five numbers in public and says what it changes."),
    ),
    Guide(
        Field.FUNDING,
        _("Find money, rooms, people and time that last: from the budget, from partners, from what is there already."),
        (
            _("What does it cost in a year, and which line of the budget is that?"),
            _("What do we have already that stands empty: halls, hours, knowledge?"),
            _("What happens to the work when the project money ends?"),
        ),
        _("Half of the evening classes use rooms that partners give without rent."),
    ),
)


def guide_to(field: Field) -> Guide:
    """Return what one field of action means."""
    return next(guide for guide in GUIDES if guide.field == field)
