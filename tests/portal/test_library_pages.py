import json
import re

import pytest
from django.utils import timezone

from learningcity.common.week import read_week
from tests.factories.cities import make_city
from tests.factories.library import make_place, make_resource
from tests.factories.opendata import make_dataset
from tests.factories.pictures import make_ready_picture
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def json_ld(response):
    """Return what a page says to machines."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())[1])


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
    changes = {"teaches_en": "To weave", "levels": ["primary", "vocational", "non_formal"]}
    changes |= {"audiences": ["teacher"], "access": ["captions"], "senses": ["visual", "auditory"]}
    make_resource(slug="film", city=make_city(slug="nan"), minutes=45, cost="free", authors="A, B", **changes)

    said = json_ld(client.get("/library/film/"))

    known = {
        "@type": "LearningResource",
        "learningResourceType": "video",
        "inLanguage": ["th"],
        "teaches": [{"@language": "en", "@value": "To weave"}],
        "educationalLevel": [
            {"@type": "DefinedTerm", "name": "primary", "inDefinedTermSet": "ISCED 2011", "termCode": "1"},
            {"@type": "DefinedTerm", "name": "vocational", "inDefinedTermSet": "ISCED 2011", "termCode": "3-5"},
            {"@type": "DefinedTerm", "name": "non-formal education"},
        ],
        "accessMode": ["visual", "auditory"],
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


@pytest.mark.parametrize("address", ["/library/no-such/", "/library/places/no-such/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


# --- A place ----------------------------------------------------------------------------------------------------------


def test_place_tells_where_it_is_and_only_links_to_a_map(client):
    make_place(slug="museum", latitude="16.43800", longitude="102.83700", address_en="Main Road")

    page = client.get("/en/library/places/museum/").content.decode()

    assert "16.43800 north, 102.83700 east" in page
    assert 'href="https://www.openstreetmap.org/?mlat=16.43800&amp;mlon=102.83700' in page
    assert 'href="geo:16.43800,102.83700"' in page
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


def test_place_tells_when_it_is_open(client):
    make_place(slug="museum", weekly=read_week("Tue-Sun 9:00-24:00"), hours_en="Closed on public holidays")

    response = client.get("/en/library/places/museum/")

    page = response.content.decode()
    assert "<span>Tuesday – Sunday</span> <span>09:00–24:00</span>" in page
    assert "Closed on public holidays" in page
    (hours,) = json_ld(response)["openingHoursSpecification"]
    assert (hours["opens"], hours["closes"]) == ("09:00", "23:59")
    assert hours["dayOfWeek"][0] == "https://schema.org/Tuesday"
    assert len(hours["dayOfWeek"]) == 6


@pytest.mark.parametrize("make", [make_place, make_resource])
def test_page_shows_its_picture_with_whose_it_is(client, make):
    record = make(slug="shown", photo=make_ready_picture(published_at=timezone.now()))

    response = client.get(f"/en/library/{'places/' if hasattr(record, 'weekly') else ''}shown/")

    page = response.content.decode()
    assert 'alt="A library"' in page
    assert "Sample Author" in page
    image = json_ld(response)["image"]
    assert (image["@type"], image["creditText"]) == ("ImageObject", "Sample Author")
    assert image["contentUrl"].endswith(".jpeg")


# --- Places on the map ------------------------------------------------------------------------------------------------


def rows(response):
    return [str(place.name.en) for place in response.context["page"]]


def test_places_stand_by_city_and_district(client):
    nan, loei = (
        make_city(slug="nan", name_th="น่าน", name_en="Nan"),
        make_city(slug="loei", name_th="เลย", name_en="Loei"),
    )
    make_place(city=nan, area_th="เวียงสา", area_en="Wiang Sa", name_en="A", name_th="ก")
    make_place(city=nan, area_th="ปัว", area_en="Pua", name_en="B", name_th="ข")
    make_place(city=loei, area_th="", area_en="", name_en="C", name_th="ค")

    assert rows(client.get("/library/places/")) == ["B", "A", "C"]
    assert rows(client.get("/en/library/places/")) == ["C", "B", "A"]
    assert rows(client.get("/library/places/", {"city": "loei"})) == ["C"]


def test_cities_with_places_are_on_the_map_and_places_lead_to_maps_elsewhere(client):
    nan = make_city(slug="nan", name_en="Nan", latitude="18.78", longitude="100.78", location_source=make_source())
    make_place(city=nan, latitude="18.77612", longitude="100.77345")
    make_place(city=nan)

    page = client.get("/en/library/places/").content.decode()

    assert '<a href="?city=nan"><g class="pin"><title>Nan (2)</title>' in page
    assert page.count("https://www.openstreetmap.org/?mlat=18.77612&amp;mlon=100.77345") == 1
    assert page.count('href="geo:18.77612,100.77345"') == 1
    assert "<iframe" not in page


def test_a_city_without_places_is_said_and_left_out(client):
    make_place(name_en="A")

    response = client.get("/en/library/places/", {"city": "<b>atlantis"})

    assert rows(response) == ["A"]
    assert "&lt;b&gt;atlantis" in response.content.decode()


def test_without_places_the_page_says_how_to_contribute_one(client):
    assert 'href="/en/help/contribute-a-place/"' in client.get("/en/library/places/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_of_places_takes_the_same_queries_however_long_it_is(client, count, django_assert_num_queries):
    for _ in range(count):
        make_place()

    # How many each city has, the cities, how many in all, those of this page, the files to take away.
    with django_assert_num_queries(5):
        client.get("/library/places/")


def test_city_leads_to_its_places_and_resources_and_to_all_of_them(client):
    city = make_city(slug="nan")
    make_resource(city=city, slug="film")
    make_place(city=city, slug="museum")
    make_place(slug="elsewhere")

    page = client.get("/en/cities/nan/").content.decode()

    addresses = re.findall(r'href="(/en/library/[^"]+)"', page)
    assert addresses == ["/en/library/places/museum/", "/en/library/film/", "/en/library/?city=nan"]


@pytest.mark.parametrize("path", ["", "print/"])
def test_city_tells_of_them_with_their_sources_on_its_page_and_on_paper(client, path):
    city, source = make_city(slug="nan"), make_source(title_en="Report on museums")
    make_place(city=city, source=source, slug="museum")
    make_resource(city=city, source=source, slug="film")

    page = client.get(f"/en/cities/nan/{path}").content.decode()

    number = re.search(r'/en/library/places/museum/".*?href="#source-(\d+)"', page)[1]
    assert page.count(f'href="#source-{number}"') == 2
    assert re.search(rf'id="source-{number}".*?Report on museums', page, re.DOTALL)


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
