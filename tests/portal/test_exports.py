import datetime as dt
import io
import json

import pytest
from PIL import Image

from learningcity.portal.exports.cards import HEIGHT, WIDTH
from tests.factories.cities import make_city, make_membership, make_network, make_profile, make_province
from tests.factories.opendata import make_indicator, make_observation
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db


def json_ld(client, path="/en/cities/khon-kaen/"):
    html = client.get(path).content.decode()
    return json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])


@pytest.mark.parametrize(
    "path", ["/card.png", "/en/card.png", "/cities/khon-kaen/card.png", "/en/cities/khon-kaen/card.png"]
)
def test_card_is_a_picture_of_the_size_that_networks_expect(client, path):
    make_city(slug="khon-kaen", name_en="A city with a name that is far too long for one line of a card")

    response = client.get(path)

    picture = Image.open(io.BytesIO(response.content))
    assert (response["Content-Type"], picture.format, picture.size) == ("image/png", "PNG", (WIDTH, HEIGHT))


def test_card_of_each_city_is_its_own(client):
    make_city(slug="khon-kaen")
    make_city(slug="yala")

    assert client.get("/cities/khon-kaen/card.png").content != client.get("/cities/yala/card.png").content


def test_icon_of_a_city_stands_alone(client):
    make_city(slug="khon-kaen")

    response = client.get("/cities/khon-kaen/icon.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.decode().startswith('<svg xmlns="http://www.w3.org/2000/svg"')


@pytest.mark.parametrize(
    ("kind", "kind_of_place"),
    [("municipality", "City"), ("special", "City"), ("province", "AdministrativeArea"), ("unstated", "Place")],
)
def test_json_ld_says_what_kind_of_place_a_city_is(client, kind, kind_of_place):
    make_city(slug="khon-kaen", kind=kind, province=make_province(code="40"))

    said = json_ld(client)

    assert (said["@type"], said["containedInPlace"]["identifier"]) == (kind_of_place, "TH-40")


def test_json_ld_holds_place_network_and_numbers_with_their_sources(client):
    city = make_city(slug="khon-kaen", latitude="16.43", longitude="102.83", location_source=make_source())
    make_membership(city=city, network=make_network(name_en="GNLC"))
    make_profile(city=city, introduction_en="A city.")
    make_observation(
        city=city,
        value=102909,
        observed_on=dt.date(2024, 1, 1),
        observed_precision="year",
        indicator=make_indicator(name_en="Population", unit_en="people"),
        source=make_source(url="https://example.org/a"),
    )

    said = json_ld(client)

    assert said["geo"] == {"@type": "GeoCoordinates", "latitude": 16.43, "longitude": 102.83}
    assert said["memberOf"]["name"][1] == {"@language": "en", "@value": "GNLC"}
    assert said["subjectOf"]["variableMeasured"] == [
        {
            "@type": "Observation",
            "variableMeasured": "Population",
            "observationDate": "2024",
            "value": 102909.0,
            "citation": "https://example.org/a",
            "unitText": "people",
        }
    ]


def test_json_ld_cannot_end_its_element(client):
    make_city(slug="khon-kaen", name_en="</script><!--&")

    assert json_ld(client)["name"][1]["@value"] == "</script><!--&"
