import pytest

from learningcity.common.thai.words import with_seams
from learningcity.search.queries.highlight import SNIPPET, marked, marker, snippet
from learningcity.search.queries.terms import ask


@pytest.mark.parametrize(
    ("query", "text", "html"),
    [
        ("เรียนรู้", "เมืองแห่งการเรียนรู้", "เมืองแห่ง<mark>การเรียนรู้</mark>"),
        ("การเรียนรู้", "คนทุกวัยเรียนรู้จากกัน", "คนทุกวัย<mark>เรียนรู้</mark>จากกัน"),
        ("khon kaen", "Khon Kaen's schools", "<mark>Khon</mark> <mark>Kaen&#x27;s</mark> schools"),
        ("2024", "ปี ๒๕๖๗", "ปี <mark>๒๕๖๗</mark>"),
        ("city", "Learning cities", "Learning <mark>cities</mark>"),
        ("script", "<script>alert(1)</script>", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("ไม่มี", "ขอนแก่น & <b>", "ขอนแก่น &amp; &lt;b&gt;"),
        ("ขอนแก่น", "", ""),
    ],
)
def test_marked_marks_whole_words_and_escapes_the_rest(query, text, html):
    assert marked(text, marker(ask(query), [])) == html


def test_marked_joins_words_that_touch():
    assert marked("เมืองแห่งการเรียนรู้", marker(ask("เมืองแห่งการเรียนรู้"), [])) == "<mark>เมืองแห่งการเรียนรู้</mark>"


def test_marked_marks_completions():
    assert marked("เชียงใหม่", marker(ask("เชียงใ"), ["เชียงใหม่"])) == "<mark>เชียงใหม่</mark>"


def test_snippet_shows_the_place_where_most_was_found():
    text = with_seams("คำนำ " * 100 + "ปลูกต้นโกงกางในป่าชายเลนทุกปี " + "ต่อไป " * 100)

    shown = snippet(text, marker(ask("ป่าชายเลน โกงกาง"), []))

    assert shown.startswith("… คำนำ")
    assert "ปลูกต้น<mark>โกงกาง</mark>ใน<mark>ป่าชายเลน</mark>ทุกปี" in shown
    assert shown.endswith(" …")
    assert len(shown) < SNIPPET * 2


def test_snippet_without_anything_found_is_the_beginning():
    text = with_seams("เมืองแห่งการเรียนรู้" * 40)

    shown = snippet(text, marker(ask("ทะเล"), []))

    assert shown.removesuffix(" …").endswith(("เมือง", "แห่ง", "การเรียนรู้"))
    assert shown.startswith("เมืองแห่งการเรียนรู้เมือง")


def test_snippet_of_a_short_text_is_all_of_it():
    assert snippet("ขอนแก่น", marker(ask("ทะเล"), [])) == "ขอนแก่น"


def test_snippet_of_a_word_without_end_is_cut_all_the_same():
    assert len(snippet("x" * 5000, marker(ask("ทะเล"), []))) == SNIPPET + 2
