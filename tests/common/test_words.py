import os
import subprocess
import sys
import time

import pytest
from django.conf import settings

from learningcity.common.thai import words as module
from learningcity.common.thai.words import (
    clean,
    clusters,
    folded,
    parts,
    with_seams,
    without_seams,
    words,
    words_between_seams,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เเม่น้ำ", "แม่น้ำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("ทํางาน", "ทำงาน"),
        ("ที่่", "ที่"),
        ("เมือง\u200bแห่ง\u200bการ\ufeffเรียนรู้", "เมืองแห่งการเรียนรู้"),
        ("ก่ี", "กี่"),
        ("Cafe\u0301", "Café"),
        ("a\x00b\ud800c", "abc"),
        ("บรรทัด\nใหม่\tเว้น", "บรรทัด\nใหม่\tเว้น"),
    ],
)
def test_clean_gives_what_looks_the_same_the_same_letters(typed, meant):
    assert clean(typed) == meant


def test_words_of_a_thai_sentence_are_cut():
    assert [word.text for word in words("เมืองแห่งการเรียนรู้")] == ["เมือง", "แห่ง", "การเรียนรู้"]


def test_words_know_where_they_stand():
    text = "(ขอนแก่น), Khon Kaen's ปี ๒๕๖๗"

    found = list(words(text))

    assert [word.text for word in found] == ["ขอนแก่น", "Khon", "Kaen's", "ปี", "๒๕๖๗"]
    assert [text[word.start : word.end] for word in found] == [word.text for word in found]


def test_words_of_our_own_list_stay_whole():
    ours = [
        line for line in (settings.ROOT / "data/search/words.txt").read_text().splitlines() if line and line[0] != "#"
    ]

    assert [line for line in ours if [word.text for word in words(line)] != [line]] == []


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("๒๕๖๗", "2024"),
        ("2567", "2024"),
        ("2024", "2024"),
        ("102,909", "102909"),
        ("3.50", "3.50"),
        ("อบต.", "อบต"),
        ("พ.ศ.", "พศ"),
        ("Cities", "city"),
        ("Schools", "school"),
        ("Glass", "glass"),
        ("Kaen's", "kaen"),
        ("CAFÉ", "cafe"),
        ("ขอนแก่น", "ขอนแก่น"),
        ("\uff9e", "\uff9e"),
    ],
)
def test_folded_makes_spellings_of_one_word_equal(word, plain):
    assert folded(word) == plain


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("การเรียนรู้", ("การ", "เรียนรู้")), ("โรงเรียน", ("โรง", "เรียน")), ("มือ", ()), ("learning", ())],
)
def test_parts_of_a_compound_are_words(word, pieces):
    assert parts(word) == pieces


def test_clusters_are_neighboring_pairs_that_keep_vowels_and_marks_together():
    assert list(clusters("เชียงใหม่")) == ["เชีย", "ยง", "งให", "ใหม่"]


def test_clusters_of_a_single_one_are_itself():
    assert list(clusters("น้ำ 5")) == ["น้ำ", "5"]


def test_seams_keep_words_apart_and_leave_no_trace():
    text = clean("เมืองแห่งการเรียนรู้ ขอนแก่น, Khon Kaen ปี ๒๕๖๗")

    sewn = with_seams(text)

    assert [word.text for word in words_between_seams(sewn)] == [word.text for word in words(text)]
    assert without_seams(sewn) == text


@pytest.mark.parametrize("text", ["ส" * 5000, "เ" * 5000, "ด้านหน้า" * 2000, "ชั้ลเครีย" + "ส" * 5000, "ก่" * 5000])
def test_words_of_a_monstrous_run_come_in_no_time(text):
    module._cut_short.cache_clear()
    began = time.process_time()

    assert "".join(word.text for word in words(text)) == text
    assert time.process_time() - began < 1


def test_only_short_runs_are_remembered():
    module._cut_short.cache_clear()

    assert [len(list(words(text))) for text in ("การเรียนรู้", "ด้านหน้า" * 20)] == [1, 20]
    assert module._cut_short.cache_info().currsize == 1


def test_dictionary_is_read_late_and_leaves_the_home_alone(tmp_path):
    script = """
import django, os, sys
django.setup()
from learningcity.common.thai.words import words
print("pythainlp" in sys.modules, [w.text for w in words("การเรียนรู้")], os.listdir(os.environ["HOME"]))
"""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHAINLP_READ_ONLY"} | {
        "HOME": str(tmp_path)
    }

    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=settings.ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("False ['การเรียนรู้'] []\n", "")
