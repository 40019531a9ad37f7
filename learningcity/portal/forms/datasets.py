from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningcity.opendata.queries.selecting import DatasetSelection, facets
from learningcity.portal.queries.dataset_words import called


def facet(label: Any, everything: Any) -> forms.ChoiceField:
    """Return a field that narrows the catalog; what there is to choose is counted for each page."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", everything)],
        error_messages={"invalid_choice": _("Nothing in the catalog is “%(value)s”; this filter is left out.")},
    )


class DatasetFilter(forms.Form):
    """Which datasets a reader wants to see; what it does not know it says and leaves out."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    place = facet(_("Published by"), _("All"))
    data_type = facet(_("Kind of data"), _("All kinds"))
    format = facet(_("Format"), _("All formats"))
    license = facet(_("License"), _("All licenses"))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, choices in facets().items():
            field: Any = self.fields[name]
            words = {each.value: called(each.value) if name == "format" else each.label for each in choices}
            field.choices = [*field.choices, *((each.value, f"{words[each.value]} ({each.count})") for each in choices)]

    def selection(self) -> DatasetSelection:
        """Return what was chosen, as far as it is known."""
        self.full_clean()
        return DatasetSelection(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class RowFilter(forms.Form):
    """Which rows of a table a reader wants to see."""

    text = forms.CharField(label=_("Words anywhere"), required=False, max_length=200)
    column = forms.ChoiceField(label=_("Column"), required=False)
    operator = forms.ChoiceField(label=_("Must"), required=False)
    value = forms.CharField(label=_("Value"), required=False, max_length=200)

    def __init__(self, *given: Any, columns: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        chosen: Any = self.fields["column"]
        chosen.choices = [("", _("Any")), *columns]
        operator: Any = self.fields["operator"]
        operator.choices = OPERATORS


OPERATORS = (
    ("=", _("be")),
    ("!=", _("not be")),
    ("has", _("hold the words")),
    ("<", _("be less than")),
    (">", _("be more than")),
    ("missing", _("be empty")),
)
