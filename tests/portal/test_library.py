import json
import re

import pytest

from learningcity.search.actions import index
from tests.factories.cities import make_city
from tests.factories.library import make_place, make_resource
from tests.factories.opendata import make_dataset

pytestmark = pytest.mark.django_db


def names(response, language="th"):
    found = [one.record.title if one.what == "resource" else one.record.name for one in response.context["found"]]
    return [getattr(name, language) or name.th for name in found]


def json_ld(response):
    """Return what a page says to machines."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())[1])


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
        ({"audience": "parent"}, {"audiences": ["parent"]}),
        ({"need": "hearing"}, {"access": ["captions"]}),
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


FILTERS = ["stage", "subject", "language", "audience", "need", "license", "city", "kind"]


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


def test_an_empty_library_says_how_to_contribute(client):
    assert "How to contribute" in client.get("/en/library/").content.decode()


def test_the_stage_that_is_chosen_is_marked_and_can_be_left(client):
    make_resource()

    page = client.get("/en/library/", {"stage": "school", "subject": "reading"}).content.decode()

    assert 'href="/en/library/?subject=reading" aria-current="true"' in page
    assert 'href="/en/library/?stage=youth&amp;subject=reading"' in page


def test_the_fragment_is_part_of_the_whole_page(client):
    make_resource()

    whole = client.get("/library/").content.decode()
    fragment = client.get("/library/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.strip() in whole
    assert "<html" not in fragment


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(client, count, django_assert_num_queries):
    for _ in range(count):
        make_place()
        make_resource(city=make_city())

    # The cities to choose from, how many there are, which of them, the resources, the places.
    with django_assert_num_queries(5):
        client.get("/library/")


# --- A resource -------------------------------------------------------------------------------------------------------


def test_resource_tells_what_is_known_and_leaves_out_the_rest(client):
    make_resource(slug="film", minutes=95, cost="free", access=["captions"], teaches_en="To weave", authors="")

    page = client.get("/en/library/film/").content.decode()

    for said in ("1 hour 35 minutes", "free of charge", "captions", "To weave", "Creative Commons Attribution 4.0"):
        assert said in page
    assert "Authors" not in page


def test_resource_says_in_plain_words_what_may_be_done_with_it(client):
    make_resource(slug="film", license="notspecified")

    assert "ask its publisher before you copy it" in client.get("/en/library/film/").content.decode()


def test_resource_leads_to_its_history_and_to_a_report(client):
    resource = make_resource(slug="film")

    page = client.get("/en/library/film/").content.decode()

    assert f'href="/en/history/learning-resource/{resource.pk}/"' in page
    assert "Something is wrong here" in page


def test_resource_says_itself_in_the_words_of_lrmi(client):
    changes = {"teaches_en": "To weave", "levels": ["primary"], "audiences": ["teacher"], "access": ["captions"]}
    make_resource(slug="film", city=make_city(slug="nan"), minutes=45, cost="free", authors="A, B", **changes)

    said = json_ld(client.get("/library/film/"))

    known = {
        "@type": "LearningResource",
        "learningResourceType": "video",
        "inLanguage": ["th"],
        "teaches": [{"@language": "en", "@value": "To weave"}],
        "educationalLevel": ["primary"],
        "accessibilityFeature": ["captions"],
        "timeRequired": "PT45M",
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert {name: said[name] for name in known} == known
    assert said["educationalAlignment"]["alignmentType"] == "educationalSubject"
    assert said["audience"][0] == {"@type": "EducationalAudience", "educationalRole": "teachers"}
    assert "assesses" not in said


def test_resource_cannot_end_the_script_in_which_it_is_said(client):
    make_resource(slug="film", title_th="</script><script>alert(1)</script>")

    assert "<script>alert(1)" not in client.get("/library/film/").content.decode()


def test_resource_that_is_kept_here_leads_to_its_dataset(client):
    make_resource(slug="maps", url="", dataset=make_dataset(slug="school-maps"))

    assert 'href="/data/school-maps/"' in client.get("/library/maps/").content.decode()


def test_resource_does_not_name_a_dataset_that_nobody_may_see(client):
    make_resource(slug="maps", dataset=make_dataset(slug="zqx-hidden", category="personal"))

    assert "zqx-hidden" not in client.get("/library/maps/").content.decode()


@pytest.mark.parametrize("address", ["/library/no-such/", "/library/places/no-such/", "/library/places/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


# --- A place ----------------------------------------------------------------------------------------------------------


def test_place_tells_where_it_is_and_only_links_to_a_map(client):
    make_place(slug="museum", latitude="16.43800", longitude="102.83700", address_en="Main Road")

    page = client.get("/en/library/places/museum/").content.decode()

    assert "16.43800 north, 102.83700 east" in page
    assert 'href="https://www.openstreetmap.org/?mlat=16.43800&amp;mlon=102.83700' in page
    assert "<iframe" not in page


def test_place_without_a_location_says_so(client):
    make_place(slug="museum")

    assert "No source tells where exactly it is." in client.get("/en/library/places/museum/").content.decode()


def test_place_says_itself_in_the_words_of_schema_org(client):
    make_place(slug="museum", kind="museum", latitude="16.4", longitude="102.8", access=["wheelchair"], cost="paid")

    said = json_ld(client.get("/library/places/museum/"))

    assert (said["@type"], said["isAccessibleForFree"]) == ("Museum", False)
    assert said["geo"] == {"@type": "GeoCoordinates", "latitude": 16.4, "longitude": 102.8}
    assert said["amenityFeature"] == [
        {"@type": "LocationFeatureSpecification", "name": "wheelchair access", "value": True}
    ]


def test_city_leads_to_its_places_and_resources_and_to_all_of_them(client):
    city = make_city(slug="nan")
    make_resource(city=city, slug="film")
    make_place(city=city, slug="museum")
    make_place(slug="elsewhere")

    page = client.get("/en/cities/nan/").content.decode()

    addresses = re.findall(r'href="(/en/library/[^"]+)"', page)
    assert addresses == ["/en/library/places/museum/", "/en/library/film/", "/en/library/?city=nan"]


def test_city_tells_them_in_the_order_of_the_reader(client):
    city = make_city(slug="nan")
    make_place(city=city, name_th="ก", name_en="Zoo", slug="zoo")
    make_place(city=city, name_th="ข", name_en="Art", slug="art")

    orders = [
        re.findall(r'/library/places/(\w+)/"', client.get(f"{home}/cities/nan/").content.decode())
        for home in ("", "/en")
    ]

    assert orders == [["zoo", "art"], ["art", "zoo"]]


def test_city_without_any_has_no_such_section(client):
    make_city(slug="nan")

    assert 'id="learning"' not in client.get("/en/cities/nan/").content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_are_in_the_sitemap(client, language):
    make_place(slug="museum")
    make_resource(slug="film")

    sitemap = client.get("/sitemap.xml").content.decode()

    for address in ("/library/", "/library/film/", "/library/places/museum/"):
        assert f"{language}{address}<" in sitemap or f'{language}{address}"' in sitemap


@pytest.mark.parametrize(("name", "title"), [("learning-resources", "สื่อ ก"), ("learning-places", "ที่ ก")])
def test_lists_can_be_taken_away_narrowed_as_the_page_is(client, name, title):
    make_resource(title_th="สื่อ ก", stages=["older"])
    make_resource(title_th="สื่อ ข")
    make_place(name_th="ที่ ก", stages=["older"])
    make_place(name_th="ที่ ข", stages=["early"])

    lines = b"".join(client.get(f"/lists/{name}.csv", {"stage": "older"})).decode("utf-8-sig").splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == [title]
