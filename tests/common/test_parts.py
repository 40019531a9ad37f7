import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from learningcity.common import registry
from learningcity.common.pins import Pin
from learningcity.common.registry import Way
from learningcity.common.tables import Cell, Column, Table
from learningcity.common.templatetags import parts
from learningcity.common.text import LocalText

SOURCE = SimpleNamespace(
    slug="seed",
    title=LocalText("แหล่ง", "Seed"),
    publisher=LocalText("", ""),
    published_on=None,
    published_precision="day",
)


def observation(value, **changes):
    indicator = SimpleNamespace(
        name=LocalText("ภาคี", "Partners"), unit=LocalText("แห่ง", "bodies"), definition=LocalText("นิยาม", "What it is.")
    )
    usual = {
        "qualifier": "exact",
        "observed_on": dt.date(2024, 1, 1),
        "observed_precision": "year",
        "source": SOURCE,
        "certainty": "stated",
        "note": LocalText("", ""),
        "get_qualifier_display": "more than",
        "get_certainty_display": "uncertain",
    }
    return SimpleNamespace(indicator=indicator, value=value, **(usual | changes))


def drawn(source, path="/en/cities/", **context):
    """Return what a template with the parts draws on an English page, with single spaces."""
    request = RequestFactory().get(path)
    with translation.override("en" if path.startswith("/en/") else "th"):
        text = Template("{% load parts %}" + source).render(RequestContext(request, context))
    return " ".join(text.split())


@pytest.mark.parametrize(
    "tag",
    [
        '{% icon "heart" %}',
        '{% weave "yala" "huge" %}',
        '{% chip "x" tone="red" %}',
        '{% button "x" kind="big" %}',
        '{% page_header "x" size="huge" %}',
        '{% figures groups size="tiny" %}',
        '{% text_block words size="tiny" %}',
        '{% search_field size="tiny" %}',
        '{% notice kind="error" %}x{% endnotice %}',
        '{% breadcrumb "Cities" "/cities/" %}',
    ],
)
def test_part_with_an_unknown_value_is_refused(tag):
    with pytest.raises(parts.UnknownOption):
        drawn(tag, groups=[], words=LocalText("ก", "a"))


def test_part_with_an_unknown_option_is_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn('{% chip "x" color="red" %}')


@pytest.mark.parametrize(("path", "address"), [("/en/", "/en/cities/"), ("/", "/cities/")])
def test_address_keeps_the_language(path, address):
    assert drawn('{% address "cities/" %}', path) == address


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/en/cities/", ["page", *[""] * 6]),
        ("/en/cities/yala/", ["true", *[""] * 6]),
        ("/en/search/", [""] * 7),
    ],
)
def test_sections_mark_where_the_reader_is(path, marks):
    with translation.override("en"):
        found = parts.sections({"request": RequestFactory().get(path)})

    assert [section["is_current"] for section in found] == marks


def test_ways_stand_in_their_places_whichever_was_offered_first(monkeypatch):
    last, first = Way(2, "account", label="Account of {}".format), Way(1, "home", label="Home of {}".format)
    monkeypatch.setattr(registry, "ways", [last, first])

    with translation.override("en"):
        found = parts.ways("Somebody")

    assert [(way["address"], way["label"]) for way in found] == [
        ("/en/", "Home of Somebody"),
        ("/en/account/", "Account of Somebody"),
    ]


def test_page_header_shows_the_name_in_both_scripts():
    html = drawn("{% page_header name %}", name=LocalText("ยะลา", "Yala"))

    assert '<h1>Yala</h1> <p class="other-name display" lang="th">ยะลา</p>' in html


def test_page_header_marks_a_name_that_is_missing_in_this_language():
    html = drawn("{% page_header name %}", name=LocalText("ยะลา", ""))

    assert '<h1><span lang="th" class="foreign">ยะลา</span></h1>' in html
    assert "other-name" not in html


def test_page_header_escapes_its_title():
    assert "<script>" not in drawn("{% page_header name %}", name="<script>")


def test_breadcrumb_without_a_last_label_ends_with_a_link():
    html = drawn('{% breadcrumb "Cities" "/en/cities/" "" %}')

    assert html.count("<li>") == 2
    assert "aria-current" not in html


def test_breadcrumb_of_own_pages_begins_at_the_desk(monkeypatch):
    monkeypatch.setattr(registry, "desks", [Way(1, "account", label=lambda user: "Desk")])

    html = drawn('{% own_breadcrumb "Pictures" %}')

    assert '<li><a href="/en/account/">Desk</a></li> <li aria-current="page">Pictures</li>' in html


def test_breadcrumb_starts_at_home_and_ends_here():
    html = drawn('{% breadcrumb "Cities" "/en/cities/" "Yala" %}')

    assert html.count("<li>") == 2
    assert '<a href="/en/">' in html
    assert '<li aria-current="page">Yala</li>' in html


def test_figures_show_value_unit_year_and_source():
    html = drawn("{% figures groups %}", groups=[[observation(1234)]])

    assert '<span class="number">1,234</span> <span class="unit">bodies</span>' in html
    assert '<time datetime="2024">2024</time>' in html
    assert '<a href="/en/sources/seed/">Seed</a>' in html


def test_figures_show_sources_that_differ_side_by_side():
    html = drawn("{% figures groups %}", groups=[[observation(62), observation(59, qualifier="more_than")]])

    assert html.count('class="statement"') == 2
    assert "2 statements, of different sources or dates" in html
    assert '<span class="qualifier">more than</span> <span class="number">59</span>' in html


def test_figures_mark_what_is_uncertain():
    html = drawn("{% figures groups %}", groups=[[observation(62, certainty="uncertain")]])

    assert '<span class="chip uncertain">uncertain</span>' in html


def test_text_block_says_that_it_is_our_translation():
    html = drawn("{% text_block words %}", words=LocalText("ไทย", "English", original="th"))

    assert "Our translation from Thai." in html


def test_text_block_says_that_it_is_not_yet_translated():
    html = drawn("{% text_block words %}", words=LocalText("ไทย", "", original="th"))

    assert '<p lang="th" class="foreign">ไทย</p>' in html
    assert "Only in Thai so far." in html


def test_source_note_names_each_source_once():
    assert drawn("{% source_note a a %}", a=SOURCE).count("<li>") == 1


def test_data_table_labels_every_cell_for_the_phone():
    table = Table("Cities", (Column("City"), Column("People", is_number=True)), ((Cell("Yala", "/yala/"), Cell(3)),))

    html = drawn("{% data_table table %}", table=table)

    assert '<th scope="row"><a href="/yala/">Yala</a></th>' in html
    assert '<td class="number"><span class="label" aria-hidden="true">People</span><span>3</span></td>' in html


def test_data_table_says_how_it_is_sorted():
    table = Table("Cities", (Column("City", sort="name"),), ())

    html = drawn("{% data_table table %}", "/en/cities/?sort=name&page=2", table=table)

    assert '<th scope="col" aria-sort="ascending"><a href="?sort=name">City</a></th>' in html


def test_pagination_keeps_the_filters():
    page = Paginator(range(100), 10).page(2)

    html = drawn("{% pagination page %}", "/en/cities/?region=north&page=2", page=page)

    assert '<a href="?region=north&amp;page=3" rel="next">' in html


def test_pagination_of_one_page_is_silent():
    assert drawn("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_city_map_links_each_pin():
    html = drawn('{% city_map pins "One city" %}', pins=[Pin("Yala", 6.54, 101.28, "/en/cities/yala/")])

    assert html.count('<a href="/en/cities/yala/">') == 1
    assert "<title" in html
    assert "<desc" in html


class FormWithErrors(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the sign.")


def test_field_joins_hint_and_error_to_its_control():
    form = FormWithErrors({"name": ""})

    html = drawn("{% field bound %}", bound=form["name"])

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


class FormInTwoLanguages(forms.Form):
    either = ("alt",)
    alt_th = forms.CharField(label="Seen, in Thai", required=False)
    alt_en = forms.CharField(label="Seen, in English", required=False)
    note_en = forms.CharField(label="Note", required=False)


def test_field_of_which_one_language_is_enough_is_not_called_optional():
    form = FormInTwoLanguages()

    html = drawn("{% for bound in form %}{% field bound %}{% endfor %}", form=form)

    assert (html.count("(one language is enough)"), html.count("(optional)")) == (2, 1)


def test_error_summary_links_to_the_field():
    html = drawn("{% error_summary form %}", form=FormWithErrors({"name": ""}))

    assert '<a href="#id_name">' in html


def test_error_summary_of_a_right_form_is_silent():
    assert drawn("{% error_summary form %}", form=FormWithErrors({"name": "x"})) == ""


def test_notice_names_its_kind_for_those_who_see_no_color():
    html = drawn('{% notice kind="uncertain" title="Two dates" %}<p>x</p>{% endnotice %}')

    assert '<span class="visually-hidden">Uncertain: </span>Two dates' in html


def test_empty_state_shows_the_first_step():
    html = drawn('{% empty_state "Nothing yet" label="Begin" href="/begin/" %}<p>x</p>{% endempty_state %}')

    assert '<a class="button secondary" href="/begin/">Begin</a>' in html
