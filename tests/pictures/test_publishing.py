"""A picture on its way through a text: into a form, out to everybody, into the search, and out again."""

import json

import pytest
from django.utils.translation import override

from learningcity.accounts.exports import as_json, data_about
from learningcity.cities.forms import ComponentForm
from learningcity.cities.kinds.stories import save_component
from learningcity.cities.models import Component
from learningcity.pictures.actions import withdraw_picture
from learningcity.pictures.enums import Reason
from learningcity.pictures.models import Picture
from learningcity.search.actions import reindex_all
from learningcity.search.models import Document
from tests.factories.cities import make_policy, make_profile
from tests.factories.pictures import make_ready_picture
from tests.factories.practices import make_answer
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def component_form(city, text):
    values = {"kind": "place", "name_th": "ห้องสมุด", "text_th": text, "original": "th", "source": make_source().slug}
    form = ComponentForm(values, place=city.slug)
    assert form.errors == {}
    return form


def test_form_cleans_a_rich_text_and_knows_the_pictures_of_its_place(city):
    form = component_form(city, "<p onclick=alert(1)>ก</p>")

    assert form.cleaned_data["text_th"] == "<p>ก</p>"
    with override("en"):
        assert 'data-editor-choose="/en/pictures/choose/?place=khon-kaen"' in str(form["text_th"])


def test_picture_is_published_with_its_text_and_withdrawn_from_it(client, city, officer):
    picture = make_ready_picture(place="khon-kaen")
    save_component(None, component_form(city, f'<p>ก</p><img data-picture="{picture.pk}">'), "khon-kaen")

    shown = client.get("/cities/khon-kaen/").content.decode()
    assert f'src="/pictures/{picture.pk}/' in shown

    withdraw_picture(Picture.objects.get(), Reason.CONSENT, by=officer)

    gone = client.get("/cities/khon-kaen/").content.decode()
    assert (f'src="/pictures/{picture.pk}/' in gone, 'class="no-picture"' in gone) == (False, True)
    assert Component.objects.get().text_th == f'<p>ก</p><img data-picture="{picture.pk}">'


def test_search_reads_the_words_of_rich_texts_alone(city):
    profile = make_profile(city=city)
    make_policy(profile=profile, text_en="<h3>Parks</h3><ul><li><strong>Open</strong> daily</li></ul>")
    make_answer(text_en="<p>Rooms &amp; teachers</p>")

    reindex_all()

    bodies = " ".join(Document.objects.values_list("body_en", flat=True)).replace("\x1f", "")
    assert [word for word in ("<h3>", "<p>", "strong", "&amp;") if word in bodies] == []
    assert "Rooms & teachers" in bodies


def test_download_of_my_data_names_the_pictures_that_i_uploaded(city):
    picture = make_ready_picture(place="khon-kaen")

    found = json.loads(as_json(data_about(picture.uploaded_by)))

    assert found["pictures.Picture"][0]["original"] == picture.original.name
