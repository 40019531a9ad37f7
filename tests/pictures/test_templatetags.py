import re

import pytest
from django.template import Context, Template
from django.utils.translation import override

from learningcity.common.text import LocalText
from learningcity.pictures.actions import publish_picture, withdraw_picture
from learningcity.pictures.enums import Reason
from tests.factories.pictures import file_of, make_picture, make_ready_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]


def shown(number, more=""):
    return Template(f"{{% load pictures %}}{{% picture number {more} %}}").render(Context({"number": number}))


def test_picture_offers_the_best_form_first_and_its_size_at_once():
    picture = publish_picture(make_ready_picture(file_of(size=(1000, 500)), caption_en="In spring"))

    html = shown(picture.pk, 'sizes="50vw"')

    assert re.findall(r'<source type="([^"]+)" srcset="([^"]+)" sizes="([^"]+)">', html) == [
        (f"image/{form}", ", ".join(f"{address} {width}w" for address, width in of(picture, form)), "50vw")
        for form in ("avif", "webp")
    ]
    assert 'width="1000" height="500" alt="A library" loading="lazy"' in html
    assert "In spring" in html
    assert (
        'Picture: Sample Author, <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>'
        in html
    )


def of(picture, form):
    return [(each.get_absolute_url(), each.width) for each in picture.renditions.filter(form=form).order_by("width")]


def test_picture_marks_words_in_the_other_language():
    picture = publish_picture(make_ready_picture(alt_en="", caption_th="ฤดูฝน"))

    html = shown(picture.pk)

    assert 'alt="ห้องสมุด" lang="th"' in html
    assert '<span lang="th" class="foreign">ฤดูฝน</span>' in html
    with override("th"):
        assert "lang=" not in shown(picture.pk)


def test_picture_escapes_what_people_wrote():
    picture = publish_picture(make_ready_picture(alt_en='"><script>', author="<b>"))

    html = shown(picture.pk)

    assert "<script>" not in html
    assert "<b>" not in html


def test_picture_that_is_not_to_be_seen_says_why(officer):
    unpublished, making = make_ready_picture(), publish_picture(make_picture())
    withdrawn = withdraw_picture(publish_picture(make_ready_picture(place="khon-kaen")), Reason.CONSENT, by=officer)

    assert "not published yet" in shown(unpublished.pk)
    assert "A library" not in shown(unpublished.pk)
    assert "being prepared" in shown(making.pk)
    assert "it was withdrawn" in shown(withdrawn.pk)
    assert [number for number in (unpublished.pk, making.pk, withdrawn.pk) if "<img" in shown(number)] == []


def test_picture_that_never_was_is_nothing():
    assert shown(404) == ""


def test_prose_draws_all_pictures_of_a_text_at_once(django_assert_num_queries):
    numbers = [publish_picture(make_ready_picture()).pk for _ in range(3)]
    text = "".join(f'<img data-picture="{number}">' for number in numbers)

    with django_assert_num_queries(2):
        html = Template("{% prose value %}").render(Context({"value": LocalText("", f"<p>a</p>{text}")}))

    assert html.count('<figure class="picture">') == 3
