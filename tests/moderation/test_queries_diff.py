import pytest

from learningcity.moderation.queries import changes_between, word_diff
from tests.factories.moderation import NoteForm


def shape(pieces):
    return [(piece.how, piece.text) for piece in pieces]


def test_word_diff_goes_by_word_in_thai():
    assert shape(word_diff("เมืองแห่งการเรียนรู้", "เมืองแห่งความสุข")) == [
        ("same", "เมืองแห่ง"),
        ("gone", "การเรียนรู้"),
        ("new", "ความสุข"),
    ]


def test_word_diff_goes_by_word_in_english():
    assert shape(word_diff("The mayor signed it.", "The governor signed it.")) == [
        ("same", "The "),
        ("gone", "mayor"),
        ("new", "governor"),
        ("same", " signed it."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("", "ใหม่"), ("old", ""), ("a\nb\nc", "a\nX\nc"), ("ลงนาม 62 หน่วยงาน", "ลงนาม 59 หน่วยงาน\nแล้ว")],
)
def test_word_diff_holds_both_texts_whole(before, after):
    pieces = word_diff(before, after)

    assert "".join(piece.text for piece in pieces if piece.how != "new") == before
    assert "".join(piece.text for piece in pieces if piece.how != "gone") == after


def test_word_diff_of_very_long_texts_takes_no_eternity():
    before, after = "one two " * 5_000, "three four " * 5_000

    assert shape(word_diff(before, after)) == [("gone", before), ("new", after)]


@pytest.mark.django_db
def test_changes_between_names_fields_as_the_form_does_and_shows_choices_in_words():
    from tests.factories.sources import make_source

    source = make_source(title_en="Report", title_th="")
    form = NoteForm(None)

    changes = changes_between(form, {"text_en": "Signed"}, {"text_en": "Signed!", "source": source.slug})

    assert [(change.field, str(change.label), change.after) for change in changes] == [
        ("text_en", "Text (อังกฤษ)", "Signed!"),
        ("source", "แหล่งที่มา", "Report"),
    ]


@pytest.mark.django_db
def test_changes_between_texts_that_differ_in_formatting_alone_say_so():
    (change,) = changes_between(NoteForm(None), {"text_en": "<p>Signed</p>"}, {"text_en": "<h3>Signed</h3>"})

    assert (change.is_only_formatting, change.after) == (True, "Signed")
