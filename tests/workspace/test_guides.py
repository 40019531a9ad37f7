"""The guides speak of buttons and headings by the words that the pages really show, in both languages."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from learningcity.moderation.registry import kind_named, kinds
from learningcity.workspace.queries.help import GUIDES, guide_named, guides_by_audience
from learningcity.workspace.templatetags.help import (
    GUIDES_OF_KINDS,
    UnknownGuide,
    label,
    way_to_guide,
    way_to_guide_of,
)

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
    assert [len(guides) for _audience, guides in guides_by_audience()] == [1, 10, 2, 2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
def test_guide_is_open_to_everybody(client, language):
    for guide in GUIDES:
        assert client.get(language + reverse("help-guide", args=[guide.slug])).status_code == 200


@pytest.mark.django_db
def test_guide_that_does_not_exist_is_not_found(client):
    assert client.get("/help/no-such-guide/").status_code == 404


def test_guide_names_a_heading_without_what_it_counts():
    with translation.override("en"):
        assert label("What is missing (%(count)s)") == "<strong>What is missing</strong>"


@pytest.mark.parametrize(
    ("kind", "slug"), [("fact", "enter-a-number"), ("action", "make-a-plan"), ("office", "change-a-text")]
)
def test_form_of_a_record_leads_to_its_guide(kind, slug):
    assert way_to_guide_of(kind_named(kind))["guide"].slug == slug


def test_every_guide_to_which_a_form_leads_is_there():
    assert {slug for slug in GUIDES_OF_KINDS.values() if guide_named(slug) is None} == set()
    assert {name for name in GUIDES_OF_KINDS if name not in {kind.name for kind in kinds()}} == set()


def test_way_to_a_guide_that_does_not_exist_is_refused():
    with pytest.raises(UnknownGuide):
        way_to_guide("no-such-guide")
