"""Forms of public content: what they ask for stands, and is found fault with, in the order of the page."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from learningcity.common.content import ContentForm, Pair, Section
from learningcity.moderation.registry import kinds

# The form of an import shows a file, and is typed by nobody.
TYPED = [kind for kind in kinds() if issubclass(kind.form, ContentForm)]


class Sheet(ContentForm):
    """Declared in another order than it is shown in."""

    pairs = {"word": Pair(label="Word"), "title": Pair(label="Title")}
    sections = (
        Section("First", ("title", "day"), folds=(Section("Folded", ("word",)),)),
        Section("Last", ("place",)),
    )
    place = forms.CharField()
    day = forms.CharField()


def test_fields_follow_the_page():
    form = Sheet()

    assert list(form.fields) == ["title_th", "title_en", "day", "word_th", "word_en", "place"]


def test_error_summary_follows_the_page():
    form = Sheet({})

    html = Template("{% load parts %}{% error_summary form %}").render(Context({"form": form}))

    assert [part.partition('"')[0] for part in html.split('href="#id_')[1:]] == ["title_th", "day", "word_th", "place"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TYPED, ids=lambda kind: kind.name)
def test_fields_of_every_kind_follow_the_page(kind):
    form = kind.form(None, place="", record=None)

    shown = [one for section in form.sections for name in section.all_names() for one in form.names_of(name)]
    assert list(form.fields)[: len(shown)] == [name for name in shown if name in form.fields]


def test_what_is_folded_away_stands_apart():
    form = Sheet()

    ((section, items), _last) = form.layout()
    assert [item.name for item in items] == ["title", "day"]
    assert [(fold.title, [item.name for item in items]) for fold, items in form.folds(section)] == [
        ("Folded", ["word"])
    ]


@pytest.mark.parametrize(("required", "said"), [("either", 1), ("both", 0), ("", 0)])
def test_pair_says_when_one_language_is_enough(required, said):
    class Asked(ContentForm):
        pairs = {"word": Pair(label="Word", required=required)}

    with translation.override("en"):
        page = Template("{% load writing %}{% pair_field item %}").render(Context({"item": Asked().item("word")}))

    assert page.count("(one language is enough)") == said
    assert page.count("(optional)") == (required == "")
