"""What the columns of a file mean, as somebody says it: words, names for programs, types, and which of them tell the rows apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from learningcity.accounts.models import User
from learningcity.audit.actions import write
from learningcity.common.columnar.engine import TooSlow
from learningcity.common.columnar.features import EAST, NORTH, OUTLINE
from learningcity.common.columnar.found import Choices, choices_from
from learningcity.common.columnar.keys import Broken, cells_missing, misfits, rows_told_twice
from learningcity.common.columnar.naming import fault_of
from learningcity.common.columnar.quality import Numbering
from learningcity.common.columnar.schema import Column, as_schema, columns_from
from learningcity.opendata.actions.uploads import examine, locked
from learningcity.opendata.enums import CHOOSABLE, Standing
from learningcity.opendata.models import Dataset, Distribution, Upload
from learningcity.opendata.queries.columns import SAYABLE, in_words_of, words_of
from learningcity.opendata.queries.following import table_before
from learningcity.opendata.tasks import local_file

# By these a GeoJSON is known to have places.
OF_PLACES = (EAST, NORTH, OUTLINE)
Told = Mapping[str, Mapping[str, str]]


@transaction.atomic
def describe_columns(upload: Upload, told: Told, *, by: User) -> Upload:
    """Write what is said of columns, by their names: title_th, title_en, description_th, description_en and unit.

    ``name`` is what programs shall call it, ``type`` what it shall be read as (the file is then read again), and
    ``key`` says with "on" or nothing whether it is one of those that tell the rows apart.

    :raises PermissionDenied: if this person may not bring files to the place.
    :raises ValidationError: with what is wrong at each ``<column>:<what>``; nothing is written then.
    """
    upload = locked(upload, by)
    columns = columns_from(upload.schema)
    if upload.standing != Standing.READY:
        # While it is read, nobody can tell what it will hold; words are true of it all the same.
        told = {name: {what: said[what] for what in SAYABLE if what in said} for name, said in told.items()}
    renamed, key = renamed_in(columns, told), key_in(upload, columns, told)
    types = {
        column.name: kind
        for column in columns
        if (kind := told.get(column.name, {}).get("type", "")) in CHOOSABLE and kind != column.type
    }
    refuse_faults(upload, columns, (renamed, key, types))
    columns = [in_words_of(column, told.get(column.name, {})) for column in columns]
    upload.schema = as_schema(columns, key) if columns else {}
    titles = {column.name: column.title.th or column.title.en for column in columns}
    for summary in upload.found.get("summary", []):
        summary["title"] = titles.get(summary["name"], summary["title"])
    upload.save(update_fields=["schema", "found"])
    write("opendata.describe_columns", upload, by=by, columns=sorted(set(told) & set(titles)))
    if renamed or types:
        # Once it is read, what was said of a column under its former name is found by this.
        upload.found["renamed"] = renamed
        examine(upload, choices_after(upload, renamed, types))
    return upload


@transaction.atomic
def go_on_from(upload: Upload, dataset: Dataset, *, by: User) -> str:
    """Take over for a file what is said of the same columns in the newest version; return the name of that table.

    The file takes the place of the table, so that both can be compared and its address stays. What the new rows do not
    allow, such as a key, is left out. Where no table is like it, nothing is done.

    :raises PermissionDenied: if this person may not bring files to the place.
    """
    upload = locked(upload, by)
    before = table_before(upload, [dataset])
    if before is None:
        return ""
    upload.found["replaces"] = before.name
    upload.save(update_fields=["found"])
    told = said_before(upload, before)
    try:
        describe_columns(upload, told, by=by)
    except ValidationError as problem:
        left_out = {field.rpartition(":")[::2] for field in problem.message_dict}
        of_key = any(what == "key" for _name, what in left_out)
        for name, said in told.items():
            for what in [what for what in said if (name, what) in left_out or (what == "key" and of_key)]:
                del said[what]
        describe_columns(upload, told, by=by)
    return before.name


def said_before(upload: Upload, before: Distribution) -> dict[str, dict[str, str]]:
    """Return what a table says of its columns, for those of a file with the same headings of which nothing is said yet."""
    key = before.schema.get("primaryKey", [])
    known = {column.heading or column.name: column for column in columns_from(before.schema)}
    told = {}
    for column in columns_from(upload.schema):
        same = known.get(column.heading or column.name)
        if same is None or column.description or column.unit:
            continue
        told[column.name] = {
            **words_of(same),
            "name": same.name,
            "type": same.type,
            "key": "on" if same.name in key else "",
        }
    return told


def renamed_in(columns: list[Column], told: Told) -> dict[str, str]:
    """Return the columns that shall be called otherwise by programs: name -> new name."""
    wanted = {column.name: told.get(column.name, {}).get("name", column.name).strip() for column in columns}
    return {name: new for name, new in wanted.items() if new != name}


def key_in(upload: Upload, columns: list[Column], told: Told) -> list[str]:
    """Return the columns that shall tell the rows apart; those of which nothing is said stay as they are."""
    known = upload.schema.get("primaryKey", [])
    before = {name: "on" if name in known else "" for name in (column.name for column in columns)}
    return [name for name, is_key in before.items() if told.get(name, {}).get("key", is_key)]


def choices_after(upload: Upload, renamed: Mapping[str, str], types: Mapping[str, str]) -> Choices:
    """Return how the file is to be read from now on."""
    before = choices_from(upload.found.get("choices", {}))
    first = {name: found for found, name in before.names.items()}
    names = {**before.names, **{first.get(name, name): new for name, new in renamed.items()}}
    kept = {renamed.get(name, name): kind for name, kind in chain(before.types.items(), types.items())}
    return Choices(
        sheet=before.sheet, types=kept, names={found: name for found, name in names.items() if found != name}
    )


def refuse_faults(
    upload: Upload, columns: list[Column], wanted: tuple[Mapping[str, str], list[str], Mapping[str, str]]
) -> None:
    """Do nothing where all that is wanted can be.

    :raises ValidationError: with what is wrong at each field.
    """
    renamed, key, types = wanted
    if not (renamed or key or types):
        return
    faults: dict[str, Any] = {f"{name}:name": [said] for name, said in faulty_names(upload, columns, renamed)}
    with local_file(upload.table) as table:
        numbering = Numbering(**upload.found.get("numbering", {}))
        try:
            is_new = key and key != upload.schema.get("primaryKey", [])
            if is_new and (said := [*in_words_of_key(table, key, numbering)]):
                faults[f"{key[0]}:key"] = said
            known = {column.name: column.type for column in columns}
            for name, kind in types.items():
                # What is read already as something else is read anew from the file, and told then.
                if known[name] == "string" and (broken := misfits(table, name, kind)).count:
                    faults[f"{name}:type"] = [in_words_of_misfits(broken, numbering)]
        except TooSlow:
            faults.setdefault(f"{key[0]}:key" if key else "", []).append(
                _("To look through the whole table for this takes longer than anybody waits.")
            )
    if faults:
        raise ValidationError(faults)


def faulty_names(upload: Upload, columns: list[Column], renamed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the columns that cannot be called as is wanted, and why."""
    after = [renamed.get(column.name, column.name) for column in columns]
    for column, name in zip(columns, after, strict=True):
        if column.name not in renamed:
            continue
        if upload.format == "geojson" and {column.name, name} & {*OF_PLACES}:
            yield column.name, _("By the names longitude, latitude and geometry programs know the places; they stay.")
        elif said := fault_of(name, [other for other in after if other == name][1:]):
            yield column.name, said


def in_words_of_key(table: Path, key: list[str], numbering: Numbering) -> Iterator[str]:
    """Return why columns do not tell the rows of a table apart."""
    empty, twice = cells_missing(table, key), rows_told_twice(table, key)
    if empty.count:
        yield ngettext(
            "%(count)s row has an empty cell here: row %(rows)s.",
            "%(count)s rows have an empty cell here: rows %(rows)s.",
            empty.count,
        ) % told_of(empty, numbering)
    if twice.count:
        yield ngettext(
            "%(count)s row says here what an earlier row says: row %(rows)s (%(values)s).",
            "%(count)s rows say here what an earlier row says: rows %(rows)s (%(values)s).",
            twice.count,
        ) % told_of(twice, numbering)


def in_words_of_misfits(broken: Broken, numbering: Numbering) -> str:
    return ngettext(
        "%(count)s cell could not be read so: row %(rows)s (%(values)s). Nothing was changed.",
        "%(count)s cells could not be read so: rows %(rows)s (%(values)s). Nothing was changed.",
        broken.count,
    ) % told_of(broken, numbering)


def told_of(broken: Broken, numbering: Numbering) -> dict[str, str]:
    more = " …" if broken.count > len(broken.places) else ""
    return {
        "count": f"{broken.count:,}",
        "rows": ", ".join(str(numbering.shown(place)) for place in broken.places) + more,
        "values": " · ".join(f"“{value}”" for value in broken.values) + more,
    }
