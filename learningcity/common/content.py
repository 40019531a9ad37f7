"""Forms of public content: two languages side by side, limits in words, help and an example at each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common import rich
from learningcity.common.text import LANGUAGES
from learningcity.common.thai.words import clean, words
from learningcity.common.widgets import RichTextArea

Words = str | Promise
LANGUAGE_NAMES = {"th": gettext_lazy("Thai"), "en": gettext_lazy("English")}
# Longer than any name, vision or answer that a person writes.
LONGEST_TEXT = 50_000


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One text in two languages: the fields ``name_th`` and ``name_en``."""

    label: Words
    hint: Words = ""
    example: Words = ""
    # The most words in either language; 0 for no limit.
    limit: int = 0
    # Which of the two must be there: either, th, both, or none ("").
    required: str = "either"
    # The most letters in either language; 0 for as many as fit.
    longest: int = 0
    rows: int = 1
    rich: bool = False

    def field(self, language: str) -> forms.CharField:
        """Return the form field for one of the two languages."""
        field = forms.CharField(
            label=format_lazy("{} ({})", self.label, LANGUAGE_NAMES[language]),
            required=self.required in ("both", language),
            max_length=self.longest or (LONGEST_TEXT if self.rows > 1 or self.rich else 300),
            widget=self._widget(language),
        )
        field.pair = self  # type: ignore[attr-defined]
        return field

    def _widget(self, language: str) -> forms.Widget:
        attrs = {"lang": language} | ({"data-words": str(self.limit)} if self.limit else {})
        if self.rich:
            return RichTextArea(attrs=attrs | {"rows": str(max(self.rows, 6))})
        return forms.Textarea(attrs=attrs | {"rows": str(self.rows)}) if self.rows > 1 else forms.TextInput(attrs=attrs)


@dataclass(frozen=True)
class Section:
    """A part of a form under a heading of its own: names of pairs and of fields, in order."""

    title: Words
    names: tuple[str, ...]
    hint: Words = ""
    # Parts of it that stay folded away under their own titles while they say nothing.
    folds: tuple[Section, ...] = ()

    def all_names(self) -> list[str]:
        """Return all names from the top to the bottom of the page."""
        return [*self.names, *(name for fold in self.folds for name in fold.all_names())]


@dataclass(frozen=True)
class Item:
    """One thing to fill in, as a page shows it: one field, or the two of a pair."""

    name: str
    fields: tuple[BoundField, ...]
    pair: Pair | None = None


class ContentForm(forms.Form):
    """What people fill in to change a public record. It never writes anything itself."""

    pairs: ClassVar[Mapping[str, Pair]] = {}
    sections: ClassVar[tuple[Section, ...]] = ()

    def __init__(
        self, values: Mapping[str, Any] | None = None, *, place: str = "", record: Any = None, initial: Any = None
    ) -> None:
        super().__init__(None if values is None else as_data(values), initial=initial)
        self.place, self.record = place, record
        for name, pair in self.pairs.items():
            for language in LANGUAGES:
                field = self.fields[f"{name}_{language}"] = pair.field(language)
                if isinstance(field.widget, RichTextArea):
                    field.widget.place = place
        self.prepare()
        # Whatever goes through the fields, such as what is wrong, follows the page.
        self.order_fields(
            [one for section in self.sections for name in section.all_names() for one in self.names_of(name)]
        )

    def prepare(self) -> None:
        """Fill in choices that depend on the place or the record; for subclasses."""

    def clean(self) -> dict[str, Any]:
        """Try every pair; rules of its own a subclass adds after ``super().clean()``."""
        cleaned = super().clean() or self.cleaned_data
        for name, pair in self.pairs.items():
            self._clean_pair(name, pair, cleaned)
        return cleaned

    def _clean_pair(self, name: str, pair: Pair, cleaned: dict[str, Any]) -> None:
        texts = {language: cleaned.get(f"{name}_{language}") or "" for language in LANGUAGES}
        if pair.rich:
            texts = {language: rich.clean_html(text) for language, text in texts.items()}
            cleaned.update({f"{name}_{language}": text for language, text in texts.items()})
        untried = any(f"{name}_{language}" in self.errors for language in LANGUAGES)
        if pair.required == "either" and not any(texts.values()) and not untried:
            self.add_error(f"{name}_th", ValidationError(_("Write it in Thai or in English."), code="required"))
        for language, text in texts.items():
            if pair.limit and (counted := count_words(text)) > pair.limit:
                said = _("%(counted)s words; %(limit)s are the limit.") % {"counted": counted, "limit": pair.limit}
                self.add_error(f"{name}_{language}", ValidationError(said, code="too_long"))

    def layout(self) -> Iterator[tuple[Section, list[Item]]]:
        """Return the form as a page shows it: section by section, pairs side by side; what a place is not asked is left out."""
        for section in self.sections:
            yield section, self.items(section)

    def items(self, section: Section) -> list[Item]:
        """Return what is to be filled in in a section, besides what is folded away."""
        return [self.item(name) for name in section.names if name in self.pairs or name in self.fields]

    def folds(self, section: Section) -> list[tuple[Section, list[Item]]]:
        """Return what is folded away in a section, each with its title."""
        return [(fold, self.items(fold)) for fold in section.folds]

    def names_of(self, name: str) -> list[str]:
        """Return the names of the fields of one thing to fill in."""
        return [f"{name}_{language}" for language in LANGUAGES] if name in self.pairs else [name]

    def item(self, name: str) -> Item:
        """Return one thing to fill in."""
        return Item(name, tuple(self[one] for one in self.names_of(name)), self.pairs.get(name))

    def values_in(self, data: Any) -> dict[str, Any]:
        """Return what was typed into this form, exactly as typed, of the fields that came at all."""
        return {name: _typed(field.widget, data, name) for name, field in self.fields.items() if name in data}

    def all_values_in(self, data: Any) -> dict[str, Any]:
        """Return what was typed into this form when it was sent whole: a box that was left empty does not come."""
        return {name: _typed(field.widget, data, name) for name, field in self.fields.items()}


def as_data(values: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Return values in the shape in which a browser sends them."""
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in values.items()})


def pair_values(record: Any, *names: str) -> dict[str, str]:
    """Return what a form shows of the bilingual texts of a record."""
    return {f"{name}_{language}": getattr(record, f"{name}_{language}") for name in names for language in LANGUAGES}


def pair_columns(said: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Return what a valid form says in these pairs, as the columns of a record; all browsers' line ends become one."""
    fields = [f"{name}_{language}" for name in names for language in LANGUAGES]
    return {field: said[field].replace("\r\n", "\n") for field in fields}


def count_words(text: str) -> int:
    """Return how many words a text has, in Thai as well as in English, without its markup."""
    return sum(1 for _word in words(clean(rich.plain(text))))


def _typed(widget: forms.Widget, data: Any, name: str) -> Any:
    value = widget.value_from_datadict(data, MultiValueDict(), name)
    if isinstance(value, bool):
        return "on" if value else ""
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value or "")
