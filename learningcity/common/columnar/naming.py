"""Names of columns for machines, made of the headings that people wrote: Thai in the letters that its sound is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from learningcity.common.columnar.schema import Column
from learningcity.common.text import LocalText, language_of
from learningcity.common.thai.words import clean, words

LONGEST = 60
# A longer one is a note; as much of it as this is kept as a title.
LONGEST_TITLE = 300
# What stands in many headings, and whose sound the rules by which the letters are read do not tell; and abbreviations.
SPOKEN = dict(
    pair.split("=")
    for pair in (
        "พ.ศ.=be ค.ศ.=ce ตำบล=tambon อายุ=ayu ผู้สูงอายุ=phu_sung_ayu นามสกุล=namsakun ศาสนา=satsana คนพิการ=khon_phikan "
        "ประชากร=prachakon ชุมชน=chumchon เทศบาล=thetsaban แขวง=khwaeng โทรศัพท์=thorasap เบอร์โทรศัพท์=boe_thorasap "
        "รหัสไปรษณีย์=rahat_praisani อีเมล=email เว็บไซต์=website ละติจูด=latitude ลองจิจูด=longitude แห่ง=haeng "
        "งบประมาณ=ngop_praman ปีงบประมาณ=pi_ngop_praman โครงการ=khrongkan กิจกรรม=kitchakam เป้าหมาย=paomai "
        "แหล่งข้อมูล=laeng_khomun หมายเหตุ=maihet ทั้งหมด=thangmot ผลลัพธ์=phonlap ตำแหน่ง=tamnaeng มูลค่า=munlakha "
        "ปริมาณ=pariman หลักสูตร=laksut อนุบาล=anuban ประถม=prathom ประถมศึกษา=prathom_sueksa มัธยม=matthayom "
        "มัธยมศึกษา=matthayom_sueksa มหาวิทยาลัย=mahawitthayalai ห้องเรียน=hong_rian ห้องสมุด=hong_samut "
        "กรกฎาคม=karakadakhom ตารางกิโลเมตร=tarang_kilomet"
    ).split()
)
# What DuckDB calls the number of a row in a file.
TAKEN = "file_row_number"
OTHER = re.compile(r"[^a-z0-9]+")
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
# The words of SQL that no column can be called by without quotation marks.
WORDS_OF_SQL = frozenset(
    "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default "
    "deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect "
    "into lambda lateral leading limit not null offset on only or order pivot placing primary qualify references returning "
    "select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window "
    "with".split()
)


def fault_of(name: str, others: Collection[str]) -> str:
    """Return in words why no column of a table can have this name beside the others; empty, if it can."""
    if len(name) > LONGEST:
        return _("At most %(most)s letters.") % {"most": LONGEST}
    if not NAME.fullmatch(name):
        return _("Small letters a–z, digits and single underscores, beginning with a letter, such as school_id.")
    if name in WORDS_OF_SQL or name == TAKEN:
        return _("“%(name)s” is a word of the database language. Add to it, such as %(name)s_no.") % {"name": name}
    if name in others:
        return _("Another column of this table is called “%(name)s”.") % {"name": name}
    return ""


def named(headings: Sequence[str], chosen: Mapping[str, str] | None = None) -> list[Column]:
    """Return a column for each heading: its title as it is written, and a name of its own, or the one that was chosen."""
    taken = {TAKEN}
    columns = []
    for place, heading in enumerate(headings, 1):
        title = " ".join(clean(heading).split())[:LONGEST_TITLE]
        name = free(machine_name(title) or f"column_{place}", taken)
        taken.add(name)
        text = LocalText(title, "") if language_of(title) == "th" else LocalText("", title or name)
        columns.append(Column(name=name, title=text, heading=heading[:LONGEST_TITLE]))
    renamed = [replace(column, name=(chosen or {}).get(column.name, column.name)) for column in columns]
    # Two columns of one name would be one column.
    return renamed if len({column.name for column in renamed}) == len(renamed) else columns


def machine_name(title: str) -> str:
    """Return a name of small letters, digits and underscores; empty, if nothing of the title can be written so."""
    written = "_".join(romanized(word.text) for word in words(title[:100])) if language_of(title) == "th" else title
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    name = OTHER.sub("_", plain).strip("_")
    name = name if len(name) <= LONGEST else name[:LONGEST].rpartition("_")[0] or name[:LONGEST]
    if name and not name[0].isalpha():
        name = f"y{name}" if re.fullmatch(r"\d{4}", name) else f"n_{name}"
    return name


def romanized(word: str) -> str:
    """Return a Thai word as the Royal Institute writes its sound; any other word as it is."""
    if language_of(word) != "th":
        return word
    from pythainlp.transliterate.royin import romanize  # noqa: PLC0415 -- slow import, and only where there is Thai

    return SPOKEN.get(word) or str(romanize(word.replace(".", "")))


def free(name: str, taken: set[str]) -> str:
    """Return the name, or with a number behind it, so that no other column has it."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name[: LONGEST - 6]}_{number}", number + 1
    return found
