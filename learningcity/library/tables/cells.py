"""Cells and columns that the tables of places and resources share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learningcity.common.text import LocalText
from learningcity.common.week import read_week
from learningcity.imports.registry import Choice, Column, Known, Text
from learningcity.library.enums import Cost


@dataclass(frozen=True, eq=False)
class Several:
    """Several words of a list, with a semicolon or a bar between them."""

    of: type[TextChoices]

    @property
    def nothing(self) -> list[str]:
        return []

    def read(self, text: str, known: Known) -> list[str]:
        one = Choice(self.of)
        chosen = [str(one.read(part.strip(), known)) for part in text.replace("|", ";").split(";") if part.strip()]
        return list(dict.fromkeys(chosen))

    def choices(self) -> list[str]:
        # A list from which one picks would let one pick a single word only.
        return []


@dataclass(frozen=True, eq=False)
class Address:
    """An address in the web."""

    nothing: str = ""

    def read(self, text: str, known: Known) -> str:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            raise ValueError(_("This is no web address; it begins with https://.")) from None
        return Text(500).read(text, known)

    def choices(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Week:
    """The opening hours of a usual week."""

    nothing: str = ""

    def read(self, text: str, known: Known) -> str:
        return read_week(text)

    def choices(self) -> list[str]:
        return []


def several(name: str, label: LocalText, words: type[TextChoices], example: str = "", **more: Any) -> Column:
    """Return a column of several words of a list."""
    hint = LocalText(
        "หลายค่าคั่นด้วย ; เช่น " + (example or "วัยเรียน"),
        f"With a semicolon between them, for instance {words.choices[0][1]}.",
    )
    return Column(name=name, label=label, cell=Several(words), example=example, help=hint, **more)


def written(words: type[TextChoices], chosen: Iterable[str]) -> str:
    """Return the words of a list in one cell, as it is read again."""
    return "; ".join(str(words(word).label) for word in chosen)


def slug_of(thai: str, english: str) -> str:
    """Return an address made of a name, the same each time, so that a file that is read twice makes nothing new."""
    words = slugify(english)[:60].strip("-")
    end = blake2b((thai or english).encode(), digest_size=3).hexdigest()
    return f"{words}-{end}".strip("-")


COST = Column(
    name="cost",
    label=LocalText("ค่าใช้จ่าย", "Cost"),
    cell=Choice(Cost, also={"ฟรี": Cost.FREE, "free": Cost.FREE}),
    help=LocalText("เว้นว่างหากไม่ทราบ", "Empty if nobody knows."),
)
URL = Column(name="url", label=LocalText("เว็บไซต์", "Its own pages"), cell=Address(), also=("website",))
KEY = Column(
    name="slug",
    label=LocalText("รหัส", "Key"),
    cell=Text(80),
    help=LocalText("ใช้เมื่อจะแก้รายการที่มีอยู่แล้ว ปกติเว้นว่าง", "To change a row that is there already; usually empty."),
)
