"""The guides speak of buttons and headings by the words that the pages really show, in both languages."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from learningcity.workspace.queries.help import GUIDES, guides_by_audience

HELP = settings.ROOT / "learningcity/workspace/templates/workspace/help"
LABEL = re.compile(r'{% label "([^"]+)" %}')
PICTURE = re.compile(r'{% screen "([^"]+)" "([^"]+)" %}')


def texts(language):
    return {path.stem: path.read_text("utf-8") for path in (HELP / language).glob("*.html")}


def words_of_the_site():
    """Return all code and all templates besides the guides, in one text."""
    files = [*settings.ROOT.glob("learningcity/**/*.html"), *settings.ROOT.glob("learningcity/**/*.py")]
    return "\n".join(path.read_text("utf-8") for path in files if HELP not in path.parents)


@pytest.mark.parametrize("language", ["th", "en"])
def test_guides_are_written_in_both_languages(language):
    assert set(texts(language)) == {guide.slug for guide in GUIDES}


def test_guides_name_only_what_the_pages_say():
    site = words_of_the_site().replace("{{ ", "%(").replace(" }}", ")s")
    named = {label for language in ("th", "en") for text in texts(language).values() for label in LABEL.findall(text)}

    assert {label for label in named if label not in site} == set()
    assert len(named) >= 20


def test_guides_name_and_show_the_same_in_both_languages():
    thai, english = texts("th"), texts("en")

    for slug, text in thai.items():
        assert LABEL.findall(text) == LABEL.findall(english[slug]), slug
        assert [name for name, _ in PICTURE.findall(text)] == [name for name, _ in PICTURE.findall(english[slug])], slug


def test_guides_are_grouped_by_whom_they_are_for():
    assert [len(guides) for _audience, guides in guides_by_audience()] == [1, 7, 2, 2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
def test_guide_is_open_to_everybody(client, language):
    for guide in GUIDES:
        assert client.get(language + reverse("help-guide", args=[guide.slug])).status_code == 200


@pytest.mark.django_db
def test_guide_that_does_not_exist_is_not_found(client):
    assert client.get("/help/no-such-guide/").status_code == 404
