"""What a change changes, word by word, in Thai as well as in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from learningcity.common import rich
from learningcity.common.text import language_of
from learningcity.common.thai.words import clean, words
from learningcity.moderation.enums import ERASED
from learningcity.moderation.queries.contents import plain, same
from learningcity.moderation.registry import Values

SAME, GONE, NEW = "same", "gone", "new"
# Comparing takes the square of the words; a longer stretch is shown as gone and new altogether.
LONGEST_STRETCH = 3_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and whether they stayed, went or came."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that says something else than before."""

    field: str
    label: object
    language: str
    before: str
    after: str
    pieces: tuple[Piece, ...]
    # The words are the same; only headings, lists, links or pictures are others.
    is_only_formatting: bool = False


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one: what stayed, what went, what came."""
    old, new = _lines(before), _lines(after)
    return _joined(chain.from_iterable(_pieces(how, one, other) for how, one, other in _steps(old, new)))


def changes_between(form: forms.Form, before: Values, after: Values) -> list[Change]:
    """Return what differs between two states of a record, in the order of its form and in the form's own words."""
    changed = [name for name in form.fields if not same(before.get(name), after.get(name))]
    return [_change(form, name, before.get(name), after.get(name)) for name in changed]


def shown_value(form: forms.Form, name: str, value: Any) -> str:
    """Return what a field says, as a person reads it: the words of a choice, a text without its markup."""
    if value == ERASED:
        return str(_("[erased]"))
    choices = dict(_flat(getattr(form.fields[name], "choices", ())))
    chosen = value if isinstance(value, list) else [value or ""]
    if isinstance(form.fields[name], forms.BooleanField):
        return str(_("yes") if value else _("no"))
    if choices or hasattr(form.fields[name], "unknown_choice"):
        # A field may say in words what it does not offer any more.
        gone = getattr(form.fields[name], "unknown_choice", None)
        said = (str(choices.get(str(one), gone or one)) for one in chosen if one)
        return ", ".join(dict.fromkeys(said))
    return clean(rich.plain(plain("\n".join(map(str, chosen))) or ""))


def _change(form: forms.Form, name: str, before: Any, after: Any) -> Change:
    old, new = shown_value(form, name, before), shown_value(form, name, after)
    pieces = word_diff(old, new)
    language = form.fields[name].widget.attrs.get("lang") or language_of(new or old)
    return Change(name, form[name].label, language, old, new, pieces, is_only_formatting=old == new)


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for how, a, b, c, d in matcher.get_opcodes():
        yield how, "".join(old[a:b]), "".join(new[c:d])


def _pieces(how: str, one: str, other: str) -> Iterator[Piece]:
    if how == "equal":
        yield Piece(SAME, one)
    elif how == "replace" and len(old := _tokens(one)) + len(new := _tokens(other)) <= LONGEST_STRETCH:
        for step, gone, came in _steps(old, new):
            yield from [Piece(SAME, gone)] if step == "equal" else [Piece(GONE, gone), Piece(NEW, came)]
    else:
        yield from (Piece(GONE, one), Piece(NEW, other))


def _tokens(text: str) -> list[str]:
    """Return the words of a text and what stands between them, so that together they are the text again."""
    found, end = [], 0
    for word in words(text):
        found += [text[end : word.start], word.text]
        end = word.end
    return [token for token in [*found, text[end:]] if token]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without empty ones, neighbors of one sort as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].how == piece.how:
            joined[-1] = Piece(piece.how, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)


def _flat(choices: Any) -> Iterator[tuple[str, object]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
