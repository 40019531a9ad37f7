import gzip
import re

import pytest

from learningcity.common import geo, pins
from learningcity.common.pins import Pin

PLACES = {
    "เชียงราย": (19.91, 99.83),
    "เชียงใหม่": (18.79, 98.98),
    "พะเยา": (19.17, 99.90),
    "สุโขทัย": (17.01, 99.82),
    "ตาก": (16.87, 99.13),
    "ขอนแก่น": (16.43, 102.83),
    "กรุงเทพมหานคร": (13.75, 100.50),
    "ฉะเชิงเทรา": (13.69, 101.07),
    "ระยอง": (12.68, 101.28),
    "ภูเก็ต": (7.88, 98.39),
    "หาดใหญ่": (7.01, 100.47),
    "สตูล": (6.62, 100.07),
    "ยะลา": (6.54, 101.28),
    "ปัตตานี": (6.87, 101.25),
}
FOURTEEN = [Pin(name, *place, href="#") for name, place in PLACES.items()]


def corners(path):
    """Return the corners of a path of relative lines."""
    found = []
    for part in re.findall(r"M[^M]+", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        found.append((x, y))
        for step_x, step_y in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + step_x, y + step_y
            found.append((x, y))
    return found


def is_inside(point, path):
    """Return whether a point lies in an area, by counting how often a ray to the right crosses its edge."""
    x, y = point
    inside = False
    for part in re.findall(r"M[^M]+", path):
        ring = corners(part)
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def test_map_has_all_77_provinces_by_code():
    codes = [province.code for province in geo.outline()]

    assert (len(codes), len(set(codes)), codes[0], codes[-1]) == (77, 77, "10", "96")


def test_map_stays_on_its_sheet():
    points = [point for province in geo.outline() for point in corners(province.path)]

    assert min(x for x, _ in points) >= 0
    assert min(y for _, y in points) >= 0
    assert max(x for x, _ in points) <= geo.WIDTH
    assert max(y for _, y in points) <= geo.HEIGHT


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("10", (13.75, 100.5)),
        ("40", (16.43, 102.83)),
        ("50", (18.79, 98.98)),
        ("95", (6.54, 101.28)),
        ("56", (19.17, 99.9)),
    ],
)
def test_provincial_towns_lie_in_their_provinces(code, place):
    point = geo.project(*place)

    assert [province.code for province in geo.outline() if is_inside(point, province.path)] == [code]


def test_land_is_closed_and_contains_every_province():
    land = geo.thailand().land

    assert all(part.endswith("z") for part in re.findall(r"M[^M]+", land))
    assert [
        code
        for code, place in (("50", (18.8, 99.0)), ("34", (15.2, 104.8)))
        if not is_inside(geo.project(*place), land)
    ] == []


def test_map_is_light():
    drawn = geo.thailand()

    assert len(gzip.compress((drawn.land + drawn.borders).encode())) < 15_000


def test_north_is_up_and_east_is_right():
    west, south = geo.project(7.88, 98.39)
    east, north = geo.project(19.91, 104.0)

    assert (west < east, north < south) == (True, True)


def test_names_of_fourteen_pins_do_not_overlap():
    boxes = []
    for pin in pins.placed(FOURTEEN):
        width, middle = pins.width_of(pin.label), pin.text_y - pins.LINE / 3
        left = pin.text_x if pin.anchor == "start" else pin.text_x - width
        boxes.append((left, middle - pins.LINE / 2, left + width, middle + pins.LINE / 2))

    overlapping = [
        (a, b)
        for number, a in enumerate(boxes)
        for b in boxes[number + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]

    assert overlapping == []


def test_names_stay_on_the_sheet():
    outside = [
        pin.label
        for pin in pins.placed(FOURTEEN)
        if (pin.anchor == "start" and pin.text_x + pins.width_of(pin.label) > geo.WIDTH)
        or (pin.anchor == "end" and pin.text_x - pins.width_of(pin.label) < 0)
    ]

    assert outside == []


def test_pins_keep_their_order_and_their_place():
    placed = pins.placed(FOURTEEN)

    assert [(pin.label, pin.x, pin.y) for pin in placed] == [
        (pin.label, *geo.project(pin.lat, pin.lon)) for pin in FOURTEEN
    ]


def test_two_pins_on_one_spot_are_both_named():
    first, second = pins.placed([Pin("ก", 15.0, 101.0), Pin("ข", 15.0, 101.0)])

    assert (first.text_x, first.text_y) != (second.text_x, second.text_y)


def test_width_of_a_name_does_not_count_marks_above_and_below():
    assert pins.width_of("เชียงใหม่") == pins.width_of("เชยงใหม")
