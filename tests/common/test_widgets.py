from django import forms
from django.utils.translation import override

from learningcity.common import widgets
from learningcity.common.widgets import WORDS, RichTextArea


class TwoTexts(forms.Form):
    one = forms.CharField(widget=RichTextArea)
    two = forms.CharField(widget=RichTextArea(place="khon-kaen"))


def test_words_of_the_editor_stand_once_in_the_head_however_many_texts_there_are():
    with override("en"):
        head = str(TwoTexts().media)

    assert head.count('id="editor-parts"') == 1
    assert [name for name in WORDS if f"&quot;{name}&quot;: &quot;" not in head] == []


def test_rich_text_area_names_the_pictures_of_its_place(monkeypatch):
    monkeypatch.setattr(widgets, "picture_addresses", [lambda place: {"choose": f"/choose/{place}"}])
    form = TwoTexts()

    assert "data-editor-choose" not in str(form["one"])
    assert 'data-editor data-editor-choose="/choose/khon-kaen"' in str(form["two"])


def test_rich_text_area_without_anybody_who_has_pictures_is_one_all_the_same(monkeypatch):
    monkeypatch.setattr(widgets, "picture_addresses", [])

    assert "data-editor-choose" not in str(TwoTexts()["two"])
