"""What a clerk can do about what was noticed in a table."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _


def as_number() -> str:
    return _("Write the numbers without commas, in Arabic digits, or choose to read them as numbers here.")


def as_date() -> str:
    return _("Write the dates as 2024-09-17, or choose to read them as dates here.")


ADVICE: dict[str, Callable[[], str]] = {
    "no_headings": lambda: _("Put a row of headings at the top, so that others know what the numbers are."),
    "no_heading": lambda: _("Write a heading above each column."),
    "double_headings": lambda: _("Give each column a heading of its own."),
    "header_only": lambda: _("Was the right file uploaded?"),
    "short_rows": lambda: _("Look at these rows: something may have slipped into the wrong column."),
    "double_rows": lambda: _("Take out rows that stand there twice, unless they mean two things."),
    "empty_column": lambda: _("Leave the column out, or fill it."),
    "mixed": lambda: _("Leave a cell empty where there is no value, and put remarks into a column of their own."),
    "double_keys": lambda: _("Give each row a number of its own."),
    "two_calendars": as_date,
    "buddhist_dates": as_date,
    "written_dates": as_date,
    "buddhist_years": lambda: _("Choose to read them as years, if programs of others shall understand them."),
    "total": lambda: _("Take sums out of the table: whoever adds the rows up counts everything twice."),
    "nothing": lambda: _("Leave the cell empty where nothing is known."),
    "blanks": lambda: _("Take the blanks away: to a program, “Khon Kaen ” is another city."),
    "thousands": as_number,
    "thai_number": as_number,
    "formula": lambda: _("Look at them: opened in a spreadsheet program, such cells could do something."),
    "key_broken": lambda: _("Choose the key anew below, among the columns."),
    "choice_refused": lambda: _("Mend these values in the file and upload it again."),
    "swapped_axes": lambda: _("In GeoJSON east (longitude) comes first. Put them in order and upload the file again."),
    "outside_thailand": lambda: _("Look at them on a map."),
    "other_crs": lambda: _("Save the file in WGS 84 (EPSG:4326) and upload it again; maps cannot show it otherwise."),
    "other_sheets": lambda: _("Choose another sheet here, or upload the file once for each sheet."),
}
