"""Tables with places as GeoJSON, held against RFC 7946 rule by rule, whatever their geometry was brought as."""

import json
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from geojson_pydantic import FeatureCollection

from learningcity.opendata.actions import receive_upload
from tests.factories.cities import make_city, make_role
from tests.factories.opendata import examined, make_dataset, publish_uploads
from tests.factories.sources import make_source
from tests.proofs import proves

pytestmark = [
    pytest.mark.django_db,
    proves("GeoJSON (RFC 7946)", by="pytest"),
    proves("GeoJSON (RFC 7946)", by="geojson-pydantic"),
]
SQUARE = [[102.0, 16.0], [103.0, 16.0], [103.0, 17.0], [102.0, 17.0], [102.0, 16.0]]
HOLE = [[102.4, 16.4], [102.4, 16.6], [102.6, 16.6], [102.6, 16.4], [102.4, 16.4]]
SHAPES = [
    {"type": "Point", "coordinates": [102.83, 16.43]},
    {"type": "MultiPoint", "coordinates": [[102.83, 16.43], [98.98, 18.79]]},
    {"type": "LineString", "coordinates": [[102.83, 16.43], [98.98, 18.79]]},
    {"type": "MultiLineString", "coordinates": [SQUARE[:2], SQUARE[2:4]]},
    {"type": "Polygon", "coordinates": [SQUARE, HOLE]},
    {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    None,
]
# How deep the positions of each kind of geometry lie (RFC 7946, 3.1).
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def faults_of_positions(coordinates, depth):
    """Return what is wrong with positions: longitude first, latitude second, at most a height behind them."""
    if depth:
        return [fault for part in coordinates for fault in faults_of_positions(part, depth - 1)]
    longitude, latitude, *height = coordinates
    right = -180 <= longitude <= 180 and -90 <= latitude <= 90 and len(height) <= 1
    return [] if right else [f"{coordinates} is nowhere"]


def area_of(ring):
    """Return twice the area within a ring; more than nothing where it goes against the clock."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(point[:2] for point in ring))


def faults_of_rings(polygon):
    """Return what is wrong with the rings of a polygon (3.1.6): closed, the outer one against the clock, holes with it."""
    for place, ring in enumerate(polygon):
        if len(ring) < 4 or ring[0] != ring[-1]:
            yield f"{ring} is not closed"
        if (area_of(ring) > 0) != (place == 0):
            yield f"{ring} goes the wrong way round"


def faults_of(feature):
    """Return what is wrong with a feature (3.2)."""
    if feature["type"] != "Feature" or not {"geometry", "properties"} <= feature.keys():
        return [f"{feature} is no feature"]
    if (shape := feature["geometry"]) is None:
        return []
    faults = faults_of_positions(shape["coordinates"], DEPTHS[shape["type"]])
    polygons = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}.get(shape["type"], [])
    return faults + [fault for polygon in polygons for fault in faults_of_rings(polygon)]


def read(client, address):
    """Return the features at an address, once nothing is wrong with their collection."""
    answer = client.get(address)
    content = b"".join(answer)
    said = json.loads(content)
    FeatureCollection.model_validate_json(content)
    assert answer["Content-Type"] == "application/geo+json"
    # No other system of coordinates, and nothing of a feature beside the features (4, 7.1).
    assert (said["type"], {"crs", "geometry", "properties", "coordinates"} & said.keys()) == (
        "FeatureCollection",
        set(),
    )
    assert [fault for feature in said["features"] for fault in faults_of(feature)] == []
    return said["features"]


def test_what_the_platform_knows_is_a_map(client):
    make_city(slug="khon-kaen", latitude="16.43", longitude="102.83", location_source=make_source())
    make_city(slug="nowhere")
    make_dataset(slug="cities", publication="cities")

    features = read(client, "/data/cities/latest/cities.geojson")

    places = {one["properties"]["slug"]: one["geometry"] for one in features}
    assert places == {"khon-kaen": {"type": "Point", "coordinates": [102.83, 16.43]}, "nowhere": None}


def test_every_kind_of_geometry_that_is_brought_stays_what_it_is(client):
    city = make_city()
    features = [{"type": "Feature", "geometry": one, "properties": {"n": n}} for n, one in enumerate(SHAPES)]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    upload = receive_upload(
        SimpleUploadedFile("map.geojson", content),
        "map.geojson",
        city.slug,
        by=make_role(kind="editor", city=city).user,
    )
    part = publish_uploads(make_dataset(place=city.slug, slug="map"), examined(upload)).distributions.get()

    for query in ("", "?as=table"):
        found = read(client, f"/data/map/1/{part.name}.geojson{query}")
        assert [one["geometry"] for one in found] == SHAPES
