import re

import pytest
from django.utils.translation import override

from learningcity.common.week import PATTERN, read_week, spans_of, week_lines, week_text

OFFICE = "Mo-Fr 08:30-16:30"


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("", ""),
        ("Mo-Fr 08:30-16:30", OFFICE),
        ("Mon - Fri 8.30–16.30", OFFICE),
        ("Monday to Friday, 8:30 to 16:30", OFFICE),
        ("Monday-Friday 8:30am - 4:30pm", OFFICE),
        ("จ-ศ 8.30-16.30 น.", OFFICE),
        ("จ.-ศ. ๘.๓๐-๑๖.๓๐ น.", OFFICE),
        ("วันจันทร์ถึงวันศุกร์ เวลา 08:30 น. ถึง 16:30 น.", OFFICE),
        ("จันทร์-ศุกร์ 8.30-12.00, 13.00-16.30; ส 9-12", "Mo-Fr 08:30-12:00, 13:00-16:30; Sa 09:00-12:00"),
        ("อังคาร-อาทิตย์ 09:00-17:00 จันทร์ปิด", "Tu-Su 09:00-17:00"),
        ("Tue-Sun 9:00-17:00; Mon closed", "Tu-Su 09:00-17:00"),
        ("Tue-Sun 9:00-17:00; closed on Mondays", "Tu-Su 09:00-17:00"),
        ("ทุกวัน 9:00-17:00 หยุดวันจันทร์-อังคาร", "We-Su 09:00-17:00"),
        ("พ พฤ 9:00-10:00 อา. 10:00-11:00", "We-Th 09:00-10:00; Su 10:00-11:00"),
        ("Sat, Sun 10:00-18:00", "Sa-Su 10:00-18:00"),
        ("เสาร์และอาทิตย์ 10:00-18:00", "Sa-Su 10:00-18:00"),
        ("Sat-Mon 10:00-18:00", "Mo 10:00-18:00; Sa-Su 10:00-18:00"),
        ("ทุกวัน 17:00-02:00", "Mo-Su 17:00-02:00"),
        ("daily 24 hours", "Mo-Su 00:00-24:00"),
        ("ทุกวัน ตลอด 24 ชั่วโมง", "Mo-Su 00:00-24:00"),
        ("Mo 08:30-16:30; Mo 08:30-16:30", "Mo 08:30-16:30"),
    ],
)
def test_a_week_is_read_as_people_type_it_and_comes_back_the_same(typed, short):
    kept = read_week(typed)

    assert week_text(kept) == short
    assert read_week(short) == read_week(kept) == kept
    assert not kept or (re.fullmatch(PATTERN, kept) and len(kept) <= 400)


@pytest.mark.parametrize(
    "typed",
    [
        "8:30-16:30",
        "Mon-Fri",
        "closed Mon 9:00-17:00",
        "Mon 25:00-26:00",
        "Mon 8:75-9:00",
        "Mon 24:30-25:00",
        "Mon 9:00-9:00",
        "Mon 24:00-8:00",
        "Mon 8:00-12:00, 11:00-13:00",
        "Mon 1-2, 3-4, 5-6, 7-8",
        "by arrangement",
        "<script>",
        "\0",
        "Mon 9:00-17:00 ยกเว้นวันหยุด",
        "Monster 9:00-17:00",
    ],
)
def test_what_is_no_week_is_refused_in_words(typed):
    with pytest.raises(ValueError, match=r"\w"):
        read_week(typed)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", [("Monday – Friday", "08:30–12:00, 13:00–16:30"), ("Sunday", "09:00–12:00")]),
        ("th", [("จันทร์ – ศุกร์", "08:30–12:00, 13:00–16:30"), ("อาทิตย์", "09:00–12:00")]),
    ],
)
def test_a_week_is_told_in_the_language_of_the_reader(language, lines):
    with override(language):
        assert week_lines(read_week("Mo-Fr 8:30-12:00, 13:00-16:30; Su 9-12")) == lines


def test_a_long_text_takes_no_time():
    with pytest.raises(ValueError, match=r"\w"):
        read_week("Mon " * 5_000 + "8" + " " * 100_000 + "x")
    assert len(spans_of(read_week("daily 8:00-9:00, 10:00-11:00, 12:00-13:00"))) == 21
