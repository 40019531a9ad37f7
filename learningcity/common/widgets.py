"""Controls that several forms share."""

from django import forms


class RichTextArea(forms.Textarea):
    """A text that may have headings, lists, links, tables and pictures."""
