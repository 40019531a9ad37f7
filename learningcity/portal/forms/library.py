from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy as _

from learningcity.cities.queries import cities_in_order
from learningcity.library.enums import (
    Audience,
    Cost,
    Language,
    Level,
    Need,
    Opening,
    PlaceKind,
    ResourceKind,
    Subject,
)
from learningcity.library.queries import STAGES, Counts, Selection, cities_with_learning
from learningcity.opendata.enums import License


def narrowing(label: Any, everything: Any, choices: Any, error: Any) -> forms.ChoiceField:
    """Return a field that narrows the list to one of these choices."""
    return forms.ChoiceField(
        label=label, required=False, choices=[("", everything), *choices], error_messages={"invalid_choice": error}
    )


@dataclass(frozen=True, slots=True)
class InUse:
    """A filter that is in use: its name, what it is called, and what was chosen."""

    name: str
    label: object
    word: object


class LibraryFilter(forms.Form):
    """What a reader wants to learn from; what it does not know it says and leaves out."""

    # Chosen by its picture; the form only carries it along.
    stage = narrowing(
        _("Life stage"),
        _("All ages"),
        [(stage.value, stage.label) for stage in STAGES],
        _("There is no life stage “%(value)s”; this filter is left out."),
    )
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = narrowing(
        _("Kind"),
        _("Places and resources"),
        [
            ("resources", _("All resources")),
            ("places", _("All places")),
            (_("Resources"), ResourceKind.choices),
            (_("Places"), PlaceKind.choices),
        ],
        _("There is no kind “%(value)s”; this filter is left out."),
    )
    subject = narrowing(
        _("Subject"),
        _("All subjects"),
        Subject.choices,
        _("There is no subject “%(value)s”; this filter is left out."),
    )
    need = narrowing(
        _("What I need"), _("No need"), Need.choices, _("We do not know the need “%(value)s”; this filter is left out.")
    )
    city = narrowing(
        _("City"), _("All cities"), [], _("We know nothing to learn of a city “%(value)s”; this filter is left out.")
    )
    cost = narrowing(
        _("Cost"), _("Free or not"), Cost.choices, _("There is no cost “%(value)s”; this filter is left out.")
    )
    open = narrowing(
        _("Open"), _("At any time"), Opening.choices, _("There is no time “%(value)s”; this filter is left out.")
    )
    language = narrowing(
        _("Language"),
        _("All languages"),
        Language.choices,
        _("We know nothing in a language “%(value)s”; this filter is left out."),
    )
    level = narrowing(
        _("Level of education"),
        _("All levels"),
        Level.choices,
        _("There is no level “%(value)s”; this filter is left out."),
    )
    audience = narrowing(
        _("For whom"), _("Everybody"), Audience.choices, _("There is no audience “%(value)s”; this filter is left out.")
    )
    license = narrowing(
        _("License"), _("All licenses"), License.choices, _("There is no license “%(value)s”; this filter is left out.")
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        cities = cities_in_order(cities_with_learning(), get_language() or "th")
        self.fields["city"].choices = [("", _("All cities")), *((city.slug, str(city.name)) for city in cities)]  # type: ignore[attr-defined]

    def selection(self) -> Selection:
        """Return what was chosen, as far as it is known."""
        self.full_clean()
        return Selection(**{name: self.cleaned_data.get(name, "") for name in self.fields})

    def tell(self, counted: Counts) -> None:
        """Say behind each choice how many it would leave; one that would leave none is offered only where it was chosen."""
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and name != "stage":
                chosen = self.cleaned_data.get(name, "")
                field.widget.choices = list(
                    _told(cast("Iterable[Any]", field.choices), counted.get(name, Counter()), chosen)
                )

    def first(self) -> list[BoundField]:
        """Return what everybody sees of it at once."""
        return [self["words"], self["kind"]]

    def further(self) -> list[BoundField]:
        """Return the filters that stay folded away, without those that would leave nothing to choose."""
        shown = {"stage", *(bound.name for bound in self.first())}
        return [
            bound for bound in self if bound.name not in shown and (bound.errors or len(bound.field.widget.choices) > 1)
        ]

    def is_unfolded(self) -> bool:
        """Tell whether one of the further filters is in use."""
        return any(bound.errors or self.cleaned_data.get(bound.name) for bound in self.further())

    def in_use(self) -> list[InUse]:
        """Return the filters that are in use."""
        words = [(bound, self.cleaned_data.get(bound.name)) for bound in self]
        return [InUse(bound.name, bound.label, _word(bound.field, word)) for bound, word in words if word]


def _told(choices: Iterable[Any], numbers: Counter[str], chosen: str) -> Iterable[Any]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            if inside := list(_told(label, numbers, chosen)):
                yield value, inside
        elif not value:
            yield value, label
        elif numbers[str(value)] or value == chosen:
            yield value, f"{label} ({numbers[str(value)]})"


def _word(field: forms.Field, value: str) -> object:
    """Return a choice as people read it."""
    choices = getattr(field, "choices", ())
    flat = [pair for one in choices for pair in (one[1] if isinstance(one[1], list | tuple) else [one])]
    return dict(flat).get(value, value)
