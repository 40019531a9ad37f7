from bench.weights import Needed, fonts, touches

STYLE = """
@font-face { font-family: Sarabun; src: url("../fonts/thai.woff2") format("woff2"); unicode-range: U+0E01-0E5B, U+200C; }
@font-face { font-family: Sarabun; src: url(../fonts/latin.woff2) format("woff2"); unicode-range: U+0000-00FF; }
@font-face { font-family: Other; src: url(../fonts/other.woff2); }
"""


def test_fonts_are_those_whose_letters_the_page_shows():
    assert fonts(STYLE, set(map(ord, "เมือง"))) == ["../fonts/thai.woff2", "../fonts/other.woff2"]


def test_touches_a_range_with_wildcards():
    assert [touches("U+4??", {letter}) for letter in (0x3FF, 0x400, 0x4FF, 0x500)] == [False, True, True, False]


def test_needed_finds_styles_scripts_and_pictures():
    page = Needed()

    page.feed(
        '<link rel="stylesheet" href="a.css"><script src="b.js"></script><img src="c.svg"><link rel="icon" href="d">ก'
    )

    assert (page.styles, page.others, page.letters) == (["a.css"], ["b.js", "c.svg", "d"], {ord("ก")})
