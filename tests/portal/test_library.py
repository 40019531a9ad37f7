import re

import pytest
from django.utils import timezone

from learningcity.pictures.actions import withdraw_picture
from learningcity.pictures.enums import Reason
from learningcity.search.actions import index
from tests.factories.cities import make_city, make_role
from tests.factories.library import make_place, make_resource
from tests.factories.pictures import make_ready_picture

pytestmark = pytest.mark.django_db


def names(response, language="th"):
    found = [one.record.title if one.what == "resource" else one.record.name for one in response.context["found"]]
    return [getattr(name, language) or name.th for name in found]


# --- The list ---------------------------------------------------------------------------------------------------------


def test_places_and_resources_stand_together_in_the_order_of_a_thai_dictionary(client):
    make_resource(title_th="เกาะ")
    make_place(name_th="กา")
    make_resource(title_th="ขวัญ")

    assert names(client.get("/library/")) == ["กา", "เกาะ", "ขวัญ"]


def test_in_english_they_stand_by_the_alphabet_and_those_without_an_english_name_at_the_end(client):
    make_resource(title_en="beta")
    make_place(name_th="กา", name_en="")
    make_place(name_en="Alpha")

    assert names(client.get("/en/library/"), "en") == ["Alpha", "beta", "กา"]


WANTED = {"title_th": "ที่หา"}


@pytest.mark.parametrize(
    ("asked", "having"),
    [
        ({"stage": "older"}, {"stages": ["older"]}),
        ({"stage": "older"}, {"stages": ["all"]}),
        ({"subject": "health"}, {"subject": "health"}),
        ({"language": "nod"}, {"languages": ["th", "nod"]}),
        ({"level": "primary"}, {"levels": ["primary"]}),
        ({"audience": "disability"}, {"audiences": ["disability"]}),
        ({"need": "hearing"}, {"access": ["captions"]}),
        ({"need": "hearing"}, {"senses": ["visual", "textual"]}),
        ({"cost": "free"}, {"cost": "free"}),
        ({"license": "CC0-1.0"}, {"license": "CC0-1.0"}),
        ({"kind": "game"}, {"kind": "game"}),
    ],
)
def test_resources_are_narrowed(client, asked, having):
    make_resource(**WANTED | having)
    make_resource()
    make_place()

    assert names(client.get("/library/", asked)) == ["ที่หา"]


@pytest.mark.parametrize(
    ("asked", "having"),
    [
        ({"stage": "early"}, {"stages": ["early"]}),
        ({"need": "moving"}, {"access": ["wheelchair"]}),
        ({"kind": "museum"}, {"kind": "museum"}),
        ({"subject": "arts"}, {"subjects": ["arts", "health"]}),
        ({"cost": "free"}, {"cost": "free"}),
        ({"open": "weekend"}, {"weekly": "Fr 09:00-17:00; Su 09:00-12:00"}),
        ({"need": "moving", "open": "sunday"}, {"access": ["wheelchair"], "weekly": "Su 09:00-12:00"}),
        ({"open": "saturday"}, {"weekly": "Sa 09:00-12:00"}),
        ({"open": "evening"}, {"weekly": "Mo 09:00-17:00; Tu 17:00-20:00"}),
        ({"open": "evening"}, {"weekly": "Mo 18:00-02:00"}),
        ({"open": "evening"}, {"weekly": "Mo 10:00-18:30"}),
        ({"kind": "places"}, {}),
    ],
)
def test_places_are_narrowed(client, asked, having):
    wanted = make_place(**having)
    make_resource()
    if asked != {"kind": "places"}:
        make_place()

    assert names(client.get("/library/", asked)) == [wanted.name_th]


def test_resources_are_shown_alone(client):
    wanted = make_resource()
    make_place()

    assert names(client.get("/library/", {"kind": "resources"})) == [wanted.title_th]


def test_both_are_narrowed_to_a_city(client):
    city = make_city()
    make_place(city=city, name_th="ก")
    make_resource(city=city, title_th="ข")
    make_place()
    make_resource()

    assert names(client.get("/library/", {"city": city.slug})) == ["ก", "ข"]


def test_both_are_found_by_words(client):
    place, resource = make_place(name_th="พิพิธภัณฑ์ผ้า"), make_resource(title_th="ทอผ้า")
    for record in (place, resource, make_place(name_th="ห้องสมุด"), make_resource(title_th="อ่าน")):
        index(record)

    assert set(names(client.get("/library/", {"words": "ผ้า"}))) == {"พิพิธภัณฑ์ผ้า", "ทอผ้า"}


FILTERS = ["stage", "subject", "language", "level", "audience", "need", "cost", "open", "license", "city", "kind"]


@pytest.mark.parametrize("name", FILTERS)
def test_an_unknown_filter_is_said_and_left_out(client, name):
    place = make_place()

    response = client.get("/en/library/", {name: "atlantis"})

    assert names(response, "en") == [place.name_en]
    assert "“atlantis”" in str(response.context["form"].errors[name])


@pytest.mark.parametrize("name", [*FILTERS, "words", "page"])
@pytest.mark.parametrize("value", ["\0", "' OR 1=1 --", "ก" * 5_000, "-1", "%", "{{7*7}}"])
def test_bad_input_breaks_nothing(client, name, value):
    make_resource()

    assert client.get("/library/", {name: value}).status_code in (200, 400, 404)


@pytest.mark.parametrize("path", ["/en/library/", "/en/library/?kind=game"])
def test_the_library_says_how_to_contribute(client, path):
    page = client.get(path).content.decode()

    assert re.findall(r'href="/en/help/(contribute[a-z-]+)/"', page) == ["contribute-a-resource", "contribute-a-place"]


def choices(client, name, **asked):
    """Return what a filter offers besides everything."""
    form = client.get("/en/library/", asked).context["form"]
    offered = form.fields[name].widget.choices[1:]
    return [
        str(label)
        for one in offered
        for label in ([two[1] for two in one[1]] if isinstance(one[1], list) else [one[1]])
    ]


def test_filters_say_how_many_they_would_leave_and_offer_nothing_that_leaves_none(client):
    city = make_city(slug="nan", name_en="Nan")
    make_resource(city=city, subject="health", languages=["th", "en"], levels=["primary"])
    make_resource(subject="health", stages=["older"])
    make_place(city=city, subjects=["health", "arts"], weekly="Sa 09:00-12:00")

    assert choices(client, "subject") == ["arts, music and crafts (1)", "health and well-being (3)"]
    assert choices(client, "city", subject="health", kind="resources") == ["Nan (1)"]
    assert choices(client, "language") == ["Thai (2)", "English (1)"]
    assert choices(client, "kind") == ["All resources (2)", "All places (1)", "video (2)", "library (1)"]
    assert choices(client, "open") == ["on Saturdays or Sundays (1)", "Saturday (1)"]
    assert choices(client, "level", stage="older") == []
    # What was chosen stays, even if it leaves nothing.
    assert choices(client, "cost", cost="paid") == ["costs money (0)"]


@pytest.mark.parametrize("asked", [{}, {"stage": "school"}])
def test_each_stage_says_how_many_there_are_whichever_is_chosen(client, asked):
    make_resource(stages=["school", "older"])
    make_place(stages=["all"])

    stages = client.get("/library/", asked).context["stages"]

    assert [(str(stage), number) for stage, number in stages] == [
        ("early", 1),
        ("school", 2),
        ("youth", 1),
        ("working", 1),
        ("older", 2),
    ]


def test_filters_in_use_can_be_taken_away_one_by_one_and_keep_the_others_unfolded(client):
    make_resource()

    page = client.get("/en/library/", {"subject": "reading", "words": "a b", "page": "1"}).content.decode()

    assert re.findall(r'class="chip" href="([^"]+)"', page) == [
        "/en/library/?subject=reading",
        "/en/library/?words=a+b",
        "/en/library/",
    ]
    assert '<details class="further" open>' in page


def test_further_filters_are_folded_while_none_of_them_is_in_use(client):
    make_resource()

    page = client.get("/en/library/", {"stage": "school", "kind": "video"}).content.decode()

    assert '<details class="further">' in page
    assert '<input type="hidden" name="stage" value="school">' in page


@pytest.mark.parametrize(
    ("asked", "said"), [({"level": "primary"}, "places are left out"), ({"open": "evening"}, "resources are left out")]
)
def test_what_a_filter_leaves_out_altogether_is_said(client, asked, said):
    make_place(weekly="Mo 10:00-20:00")
    make_resource(levels=["primary"])

    assert said in client.get("/en/library/", asked).content.decode()
    assert said not in client.get("/en/library/", {"stage": "school"}).content.decode()


def test_nothing_found_says_that_unknown_is_not_found(client):
    make_resource()

    page = client.get("/en/library/", {"cost": "free"}).content.decode()

    assert "What is not told of a place or resource is not known to us" in page


def test_the_stage_that_is_chosen_is_marked_and_can_be_left(client):
    make_resource()

    page = client.get("/en/library/", {"stage": "school", "subject": "reading"}).content.decode()

    assert 'href="/en/library/?subject=reading" aria-current="true"' in page
    assert 'href="/en/library/?stage=youth&amp;subject=reading"' in page


def test_the_fragment_is_part_of_the_whole_page(client):
    make_resource()

    whole = client.get("/library/").content.decode()
    fragment = client.get("/library/", headers={"HX-Request": "true"}).content.decode()

    told, fragment = re.match(r'\s*(<p [^>]*hx-swap-oob="innerHTML">[^<]*</p>)(.*)', fragment, re.DOTALL).groups()
    assert "1" in told
    assert fragment.strip() in whole
    assert "<html" not in fragment


# The cities to choose from, how many there are, which of them, the resources, the places; for both what each filter would leave, and in
# which city; the files to take away.
QUERIES = 10


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(client, count, django_assert_num_queries):
    for _ in range(count):
        make_place()
        make_resource(city=make_city())

    with django_assert_num_queries(QUERIES):
        client.get("/library/")


def test_pictures_take_two_queries_more_however_many(client, django_assert_num_queries):
    for _ in range(2):
        make_place(photo=make_ready_picture(published_at=timezone.now()))
        make_resource(photo=make_ready_picture(published_at=timezone.now()))

    with django_assert_num_queries(QUERIES + 2):
        page = client.get("/en/library/").content.decode()

    assert page.count('alt="A library"') == 4
    assert page.count("Picture: Sample Author, CC BY 4.0") == 4


@pytest.mark.parametrize("changes", [{}, {"withdrawn": True}])
def test_a_picture_that_is_not_public_is_not_shown(client, changes):
    photo = make_ready_picture(published_at=timezone.now() if changes else None)
    if changes:
        withdraw_picture(photo, Reason.CONSENT, by=make_role(kind="secretariat", city=None).user)
    make_place(slug="museum", photo=photo)

    pages = [client.get(path).content.decode() for path in ("/en/library/", "/en/library/places/museum/")]

    assert [page.count("<img") for page in pages] == [0, 0]
    assert [page.count('class="thumb"><svg') for page in pages] == [1, 0]
