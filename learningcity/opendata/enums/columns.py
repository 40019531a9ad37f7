"""What a column of a table holds, in the words of a clerk."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

COLUMN_TYPES = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": pgettext_lazy("type of a column", "number"),
    "date": pgettext_lazy("type of a column", "day"),
    "datetime": _("day and time"),
    "year": _("year"),
    "boolean": _("yes or no"),
    "any": _("anything"),
}

# What a column of text may be read as; any column may be kept as text.
CHOOSABLE = ("string", "integer", "number", "date", "year")
