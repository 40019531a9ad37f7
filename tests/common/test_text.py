import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from learningcity.common.text import Bilingual, LocalText

BOTH = LocalText("ขอนแก่น", "Khon Kaen")
THAI_ONLY = LocalText("ขอนแก่น", "")


class Town:
    name = Bilingual()

    def __init__(self, name_th, name_en, original=""):
        self.name_th, self.name_en, self.original = name_th, name_en, original


def render(source, **values):
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("text", "language", "shown", "lang", "is_foreign"),
    [
        (BOTH, "th", "ขอนแก่น", "th", False),
        (BOTH, "en", "Khon Kaen", "en", False),
        (THAI_ONLY, "en", "ขอนแก่น", "th", True),
        (LocalText("", "Khon Kaen"), "th", "Khon Kaen", "en", True),
        (LocalText("", ""), "en", "", "th", False),
    ],
)
def test_local_text_falls_back_to_the_language_that_exists(text, language, shown, lang, is_foreign):
    with translation.override(language):
        assert (str(text), text.lang, text.is_foreign) == (shown, lang, is_foreign)


@pytest.mark.parametrize(("original", "is_translation"), [("th", True), ("en", False), ("", False)])
def test_local_text_knows_whether_it_is_our_translation(original, is_translation):
    with translation.override("en"):
        assert LocalText("ก", "a", original).is_translation == is_translation


def test_bilingual_reads_two_columns_as_one_text():
    assert Town("ขอนแก่น", "Khon Kaen", "th").name == LocalText("ขอนแก่น", "Khon Kaen", "th")
    assert isinstance(Town.name, Bilingual)


def test_text_tag_marks_the_other_language_and_escapes():
    with translation.override("en"):
        assert render("{% text t %}", t=LocalText("<ข>", "")) == '<span lang="th" class="foreign">&lt;ข&gt;</span>'
        assert render("{% text t %}", t=LocalText("", "a < b")) == "a &lt; b"


def test_prose_tag_makes_a_paragraph_of_each_line():
    with translation.override("th"):
        assert render("{% prose t %}", t=LocalText("หนึ่ง\n\n สอง <b>\n", "")) == "<p>หนึ่ง</p>\n<p>สอง &lt;b&gt;</p>"
        assert render("{% prose t %}", t=LocalText("", "one")) == '<p lang="en" class="foreign">one</p>'


def test_when_tag_shows_the_reader_their_calendar_and_machines_the_iso_date():
    with translation.override("th"):
        assert render('{% when d "month" %}', d=dt.date(2024, 9, 1)) == '<time datetime="2024-09">กันยายน 2567</time>'
        assert render("{% when d %}", d=None) == ""


def test_year_and_number_filters_accept_nothing():
    with translation.override("en"):
        context = {"d": dt.date(2024, 1, 1), "n": 9012, "none": None}
        assert render("{{ d|year }} {{ n|number }} {{ none|year }}{{ none|number }}", **context) == "2024 9,012 "


def test_names_tag_marks_each_name_with_the_language_of_its_letters_and_escapes():
    assert render("{% names n %}", n=["ขอนแก่น", "K<K"]) == (
        '<span lang="th">ขอนแก่น</span> · <span lang="en">K&lt;K</span>'
    )
