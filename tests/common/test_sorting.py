from learningcity.common.thai.sorting import sort_key


def test_sort_key_puts_leading_vowels_behind_their_consonant():
    words = ["เชียงใหม่", "ขอนแก่น", "แพร่", "กรุงเทพมหานคร", "ชลบุรี", "ไทย", "ตาก", "เกาะ", "พะเยา"]

    assert sorted(words, key=sort_key) == [
        "กรุงเทพมหานคร",
        "เกาะ",
        "ขอนแก่น",
        "ชลบุรี",
        "เชียงใหม่",
        "ตาก",
        "ไทย",
        "พะเยา",
        "แพร่",
    ]


def test_sort_key_lets_tone_marks_decide_only_between_equal_words():
    assert sorted(["ป้า", "ปาก", "ป่า", "ปา"], key=sort_key) == ["ปา", "ป่า", "ป้า", "ปาก"]


def test_sort_key_ignores_spaces_punctuation_and_case():
    assert sort_key("Khon Kaen") == sort_key("khonkaen") == sort_key("KHON-KAEN.")


def test_sort_key_of_a_lone_mark_or_nothing_does_not_fail():
    assert (sort_key("่"), sort_key("")) == ("\t", "\t")
