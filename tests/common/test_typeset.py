import datetime as dt
import io

import pytest
import typst
from PIL import Image

from learningcity.common.typeset import FONTS, letters, printable, typeset

DAY = dt.date(2026, 11, 21)
TEMPLATE = """
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set text(font: "Sarabun", lang: sys.inputs.language, fallback: false)
= #said.title
"""
ONE_LETTER = (
    '#set page(width: 60mm, height: 40mm, margin: 15mm)\n#set text(font: "Sarabun", size: 30pt)\n#sys.inputs.word'
)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "sample.typ"
    path.write_text(TEMPLATE)
    return path


def made(template, title, language="th"):
    return typeset(template, {"title": title}, language=language, on=DAY)


def title_in(document):
    """Return the title as it stands in the outline of a PDF, where it is written in plain letters."""
    return document.split(b"/Title", 1)[1].split(b"/Dest", 1)[0]


def ink(tmp_path, word):
    """Return where a word leaves ink on paper: left, top, right, bottom."""
    path = tmp_path / "letter.typ"
    path.write_text(ONE_LETTER)
    picture = typst.compile(
        str(path),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="png",
        ppi=144,
        sys_inputs={"word": printable(word)},
    )
    return Image.open(io.BytesIO(picture)).convert("L").point(lambda gray: 255 if gray < 128 else 0).getbbox()


def test_typeset_makes_a_tagged_pdf_in_its_language_with_its_fonts_inside(template):
    document = made(template, "แผนเมือง")

    assert document.startswith(b"%PDF-1.7")
    assert b"/MarkInfo<</Marked true" in document
    assert b"/Lang(th)" in document
    assert b"/FontFile2" in document
    assert b"pdfuaid:part>1<" in document


def test_typeset_makes_the_same_of_the_same_on_the_same_day(template):
    assert made(template, "แผนเมือง") == made(template, "แผนเมือง")


def test_typeset_shows_what_looks_like_a_command_as_it_is(template):
    document = made(template, '#read("/etc/passwd")', "en")

    assert title_in(document) == b'(#read("/etc/passwd"))'


@pytest.mark.parametrize("word", ["*ตัวหนา*", "= หัวเรื่อง", "$x^2$", "#import", "<a@b>", '"', "\\", "{n}"])
def test_typeset_shows_every_sign_of_the_template_language_as_it_is(template, word):
    document = made(template, f"ก{word}")

    assert f"ก{word}".encode("utf-16-be").hex().upper().encode() in title_in(document)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("งานวัด 🎉 ปีใหม่", "งานวัด  ปีใหม่"),
        ("👩‍🏫 ครู", " ครู"),
        ("孔子", "■■"),
        ("\x00ก", "■ก"),
        ("ก\u200bข\nค\tง", "กข ค ง"),
        ("เเละ", "เเละ"),
        ("กํา", "กํา"),
        ("é", "é"),
    ],
)
def test_signs_that_the_font_lacks_leave_no_hole(template, typed, printed):
    assert printable(typed) == printed
    assert made(template, typed).startswith(b"%PDF")


def test_values_are_made_printable_however_deep_they_lie():
    assert printable({"a": [{"b": "ก🎉"}], "c": 1, "d": None, "e": 0.5}) == {
        "a": [{"b": "ก"}],
        "c": 1,
        "d": None,
        "e": 0.5,
    }


def test_font_knows_every_letter_of_thai():
    assert set(range(0x0E01, 0x0E3B)) | set(range(0x0E3F, 0x0E5C)) <= letters()


@pytest.mark.parametrize(("lower", "higher"), [("ป", "ปิ"), ("ปิ", "ปิ่"), ("ก", "ก่"), ("ท", "ที่"), ("อ", "อื้")])
def test_marks_stand_above_each_other_and_need_no_letter_of_their_own(tmp_path, lower, higher):
    left, top, right, _bottom = ink(tmp_path, lower)
    marked_left, marked_top, marked_right, _ = ink(tmp_path, higher)

    assert marked_top < top
    # A mark that found no letter would stand on a dotted circle beside it.
    assert marked_right - marked_left <= (right - left) * 1.15


@pytest.mark.parametrize(("plain", "marked"), [("ก", "กุ"), ("ก", "กู"), ("ท", "ทู")])
def test_vowels_below_stand_below(tmp_path, plain, marked):
    assert ink(tmp_path, marked)[3] > ink(tmp_path, plain)[3]


def test_tail_of_a_letter_makes_room_for_the_vowel_below(tmp_path):
    """Of ญ and ฐ the lower part goes when a vowel stands there."""
    assert ink(tmp_path, "ญู")[3] - ink(tmp_path, "ญ")[3] < ink(tmp_path, "กู")[3] - ink(tmp_path, "ก")[3]


def test_sara_am_keeps_its_tone_mark_below_its_ring(tmp_path):
    assert ink(tmp_path, "น้ำ")[1] < ink(tmp_path, "นำ")[1]


@pytest.mark.parametrize("run", ["ก" * 300, "A" * 300, "ปั่" * 100, "https://example.org/" + "abc/" * 70])
def test_a_run_without_an_end_is_given_places_for_a_break(template, run):
    printed = printable(run)

    assert printed.replace("\u200b", "") == run
    assert max(map(len, printed.split("\u200b"))) <= 81
    # A mark never begins a line.
    assert not any(piece[0] in "\u0e31\u0e48" for piece in printed.split("\u200b"))


def test_a_text_with_spaces_is_left_alone():
    text = "การเรียนรู้ตลอดชีวิต " * 20

    assert printable(text) == text


def test_a_run_without_an_end_stays_on_one_page(template):
    assert b"/Type/Pages/Count 1/" in made(template, "ก" * 300)
