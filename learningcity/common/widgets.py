"""Controls that forms share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

# Given the slug of a place, the addresses where its pictures are chosen, uploaded and seen. The app with the pictures puts
# itself here; without it, texts have no pictures.
picture_addresses: list[Callable[[str], dict[str, str]]] = []
# What the editor says; it stands in the page, so that it is in the reader's language.
WORDS = {
    "format": _("Format the text"),
    "plain": _("Show as plain text"),
    "toolbar": _("Formatting"),
    "hint": _("Alt+F10 leads to the formatting buttons, Escape back to the text."),
    "waiting": _("The editor is coming…"),
    "failed": _("The editor could not be loaded. Nothing is lost; you can go on writing here."),
    "heading": _("Heading"),
    "subheading": _("Subheading"),
    "strong": _("Bold"),
    "em": _("Emphasis"),
    "bullets": _("List"),
    "numbers": _("Numbered list"),
    "quote": _("Quotation"),
    "link": _("Link"),
    "linkAddress": _("Address of the page or of the mailbox"),
    "linkHint": _("It begins with https:// or mailto:, or with / for a page of this site."),
    "linkWrong": _("This is not an address that a link can have."),
    "linkSet": _("Set the link"),
    "linkRemove": _("Remove the link"),
    "cancel": _("Cancel"),
    "table": _("Table"),
    "rowAdd": _("Row below"),
    "rowRemove": _("Remove the row"),
    "columnAdd": _("Column after"),
    "columnRemove": _("Remove the column"),
    "tableRemove": _("Remove the table"),
    "picture": _("Picture"),
    "pictureChoose": _("Choose a picture"),
    "pictureFailed": _("The pictures could not be fetched. Please close this and try again."),
    "undo": _("Undo"),
    "redo": _("Redo"),
}


class Editor:
    """What all editors of a page share, once in its head: their words, and where their parts lie."""

    def __html__(self) -> str:
        return format_html(
            '<template id="editor-parts" data-words="{}" data-writing="{}" data-tools="{}" data-library="{}"></template>',
            json.dumps({name: str(words) for name, words in WORDS.items()}, ensure_ascii=False),
            static("common/editor-writing.js"),
            static("common/editor-tools.js"),
            static("vendor/prosemirror.js"),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Editor)

    def __hash__(self) -> int:
        return hash(Editor)


class RichTextArea(forms.Textarea):
    """A text area that can be formatted; without JavaScript it stays one.

    ``place`` is the slug of the city whose pictures may stand in the text, empty for those of the whole network, and None
    where there are no pictures.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, place: str | None = None) -> None:
        super().__init__(attrs)
        self.place = place

    class Media:
        css = {"all": ["common/editor.css"]}
        js = [Editor(), Script("common/editor.js", defer=True)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        addresses = picture_addresses[0](self.place) if picture_addresses and self.place is not None else {}
        editor = {"data-editor": True} | {f"data-editor-{key}": address for key, address in addresses.items()}
        return super().get_context(name, value, editor | (attrs or {}))
