"""OGC API - Features: as OWSLib reads it over HTTP, and error by error."""

import json

import pytest
from owslib.ogcapi.features import Features

from learningcity.interfaces.queries.features import known_features
from tests.factories.cities import make_city
from tests.factories.sources import make_source
from tests.proofs import proves

pytestmark = pytest.mark.django_db
STANDARD = "OGC API - Features 1.0"
PLACES = {"chiang-mai": (18.79, 98.98), "khon-kaen": (16.43, 102.83), "phuket": (7.88, 98.39), "suva": (-18.14, 178.44)}
ITEMS = "/ogc/collections/cities/items"


@pytest.fixture(autouse=True)
def cities():
    known_features.cache_clear()
    source = make_source()
    for slug, (latitude, longitude) in PLACES.items():
        make_city(slug=slug, name_th=f"เมือง {slug}", latitude=latitude, longitude=longitude, location_source=source)
    make_city(slug="nowhere")
    yield
    known_features.cache_clear()


def ask(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def ids(client, query):
    return [one["id"] for one in ask(client, f"{ITEMS}?{query}")["features"]]


@pytest.fixture
def owslib(live_server, settings):
    settings.SITE_URL = live_server.url
    return Features(f"{live_server.url}/ogc/")


@proves(STANDARD, by="owslib")
@pytest.mark.django_db(transaction=True)
def test_owslib_finds_its_way(owslib):
    assert owslib.conformance()["conformsTo"][0].endswith("/conf/core")
    assert owslib.api()["openapi"] == "3.0.3"
    assert "cities" in owslib.feature_collections()
    assert owslib.collection("cities")["extent"]["spatial"]["bbox"] == [[98.39, -18.14, 178.44, 18.79]]


@proves(STANDARD, by="owslib")
@pytest.mark.django_db(transaction=True)
def test_owslib_reads_features_page_by_page(owslib):
    first = owslib.collection_items("cities", limit=3)
    after = next(link["href"] for link in first["links"] if link["rel"] == "next").rpartition("after=")[2]
    second = owslib.collection_items("cities", limit=3, after=after)

    assert [one["id"] for one in first["features"] + second["features"]] == [*sorted([*PLACES, "nowhere"])]
    assert (first["numberMatched"], first["numberReturned"], second["numberReturned"]) == (5, 3, 2)
    assert owslib.response_headers["Content-Type"] == "application/geo+json"


@proves(STANDARD, by="owslib")
@pytest.mark.django_db(transaction=True)
def test_owslib_reads_what_lies_in_a_box_and_one_feature(owslib):
    found = owslib.collection_items("cities", bbox=[97, 5, 106, 17], datetime_="2024-01-01/..")
    one = owslib.collection_item("cities", "khon-kaen")

    assert [feature["id"] for feature in found["features"]] == ["khon-kaen", "phuket"]
    assert one["geometry"] == {"type": "Point", "coordinates": [102.83, 16.43]}
    assert one["properties"]["name_th"] == "เมือง khon-kaen"


@proves(STANDARD, by="owslib")
@pytest.mark.django_db(transaction=True)
def test_owslib_counts_its_pages_and_names_its_coordinates_as_map_programs_do(owslib):
    crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    page = owslib.collection_items("cities", limit=2, offset=1, **{"bbox-crs": crs, "crs": crs})
    (following,) = [link["href"] for link in page["links"] if link["rel"] == "next"]

    assert [one["id"] for one in page["features"]] == ["khon-kaen", "nowhere"]
    assert ("offset" in following, following.endswith("after=nowhere")) == (False, True)
    assert owslib.collection_items("cities", offset=99)["features"] == []


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("97,5,106,21", ["chiang-mai", "khon-kaen", "phuket"]),
        ("97,5,0,106,21,9000", ["chiang-mai", "khon-kaen", "phuket"]),
        ("170,-30,-170,0", ["suva"]),
        ("98.39,7.88,98.39,7.88", ["phuket"]),
        ("0,0,1,1", []),
    ],
)
def test_a_box_holds_what_lies_in_it(client, box, found):
    assert ids(client, f"bbox={box}") == found


def test_a_place_that_is_not_known_is_a_feature_without_geometry(client):
    assert ask(client, f"{ITEMS}/nowhere")["geometry"] is None


@pytest.mark.parametrize(
    "when", ["2024-01-01", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.5%2B07:00/..", "../2024-01-01", "/2024-01-01"]
)
def test_features_without_a_time_are_of_any_time(client, when):
    assert len(ids(client, f"datetime={when}")) == 5


@pytest.mark.parametrize(
    "query",
    [
        *(f"bbox={box}" for box in ("", "1,2,3", "a,b,c,d", "1,2,3,4,5", "0,9,1,1", "nan,0,1,1", "-inf,0,1,1")),
        *(f"limit={limit}" for limit in ("", "0", "-1", "1.5", "x", "๑", "9" * 30)),
        *(f"datetime={when}" for when in ("", "/", "2024", "yesterday", "2024-01-01/2025-01-01/2026-01-01")),
        *(f"offset={offset}" for offset in ("", "-1", "1.5", "x", "9" * 30)),
        "crs=http://www.opengis.net/def/crs/EPSG/0/4326",
        "f=xml",
        "rows=1",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
        "name=' OR 1=1 --",
    ],
)
def test_what_cannot_be_understood_is_refused(client, query):
    assert ask(client, f"{ITEMS}?{query}", 400)["code"] == "InvalidParameterValue"


@pytest.mark.parametrize("path", ["collections/moons", "collections/provinces/items", "collections/cities/items/moon"])
def test_what_is_not_there_is_not_found(client, path):
    assert ask(client, f"/ogc/{path}", 404)["code"] == "NotFound"


@pytest.mark.parametrize("path", ["", "/", "/api", "/conformance", "/collections", "/collections/cities"])
def test_a_parameter_that_nobody_knows_is_refused_everywhere(client, path):
    assert ask(client, f"/ogc{path}?f=json")
    assert ask(client, f"/ogc{path}?g=json", 400)


def test_more_than_a_thousand_are_not_given_at_once(client):
    assert ask(client, f"{ITEMS}?limit=5000")["numberReturned"] == 5


def test_thai_is_written_in_thai_letters_and_any_page_may_read_it(client):
    answer = client.get(ITEMS)

    assert "เมือง phuket" in answer.content.decode()
    assert answer["Access-Control-Allow-Origin"] == "*"
