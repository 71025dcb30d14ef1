"""The committed map: complete, repaired, small. The shapes are read from the file that the site serves."""

from __future__ import annotations

import gzip
import math
import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.conf import settings

from platform_site.ui import maps

FILE = Path(settings.BASE_DIR) / "static" / "map" / "europe.svg"
SVG = "{http://www.w3.org/2000/svg}"
CODES = """
AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MD ME MK MT NL NO PL PT RO RS RU
SE SI SK TR UA XK
"""

Point = tuple[float, float]


def shapes() -> dict[str, ElementTree.Element]:
    return {element.attrib["id"]: element for element in ElementTree.parse(FILE).getroot()}


def rings(path: str) -> list[list[Point]]:
    """The rings of an SVG path with absolute M, L, H, V and Z, as the script writes it."""
    found: list[list[Point]] = []
    ring: list[Point] = []
    x = y = 0.0
    for letter, numbers in re.findall(r"([MLHVZ])([^MLHVZ]*)", path):
        values = [float(value) for value in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "Z":
            found.append(ring)
            continue
        if letter == "M":
            ring = []
        for first, second in zip(values[::2], values[1::2], strict=True):
            x, y = first, second
            ring.append((x, y))
    assert found
    return found


def projected(longitude: float, latitude: float) -> Point:
    """The place on the map: azimuthal equal-area round 17 E 51.5 N, scale 930, in a box of 720 by 770."""
    lam, phi, phi0 = math.radians(longitude - 17), math.radians(latitude), math.radians(51.5)
    cosine = math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(lam)
    k = 930 * math.sqrt(2 / (1 + cosine))
    x = k * math.cos(phi) * math.sin(lam)
    y = k * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(lam))
    return 360 + x, 385 - y


def lies_in(code: str, longitude: float, latitude: float) -> bool:
    px, py = projected(longitude, latitude)
    inside = False
    for ring in rings(shapes()[code].attrib["d"]):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > py) != (y2 > py) and px < (x2 - x1) * (py - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def test_it_has_each_country_once_and_the_shape_round_them() -> None:
    elements = list(ElementTree.parse(FILE).getroot())
    assert sorted(element.attrib["id"] for element in elements) == sorted([*CODES.split(), "around"])
    assert sorted(maps.positions()) == sorted(CODES.split())


def test_crimea_is_drawn_with_ukraine() -> None:
    assert lies_in("UA", 34.1, 45.2)
    assert not lies_in("RU", 34.1, 45.2)
    assert lies_in("RU", 37.6, 55.7)
    assert lies_in("UA", 30.5, 50.4)


def test_the_north_of_cyprus_is_drawn_with_cyprus() -> None:
    assert lies_in("CY", 33.5, 35.3)
    assert lies_in("CY", 33.0, 34.9)


def test_the_smallest_countries_are_dots_in_their_place() -> None:
    for code, radius, longitude, latitude in (("MT", 3.2, 14.4, 35.9), ("LI", 2.2, 9.5, 47.1)):
        dot = shapes()[code]
        assert dot.tag == f"{SVG}circle"
        assert float(dot.attrib["r"]) == radius
        x, y = projected(longitude, latitude)
        assert math.hypot(float(dot.attrib["cx"]) - x, float(dot.attrib["cy"]) - y) < 6


def test_kosovo_has_its_own_shape() -> None:
    assert lies_in("XK", 21.1, 42.6)
    assert not lies_in("RS", 21.1, 42.6)


def test_it_is_small_and_has_no_paint() -> None:
    text = FILE.read_bytes()
    assert len(gzip.compress(text)) < 60_000
    assert b"fill" not in text
    assert b"style" not in text


def test_every_plate_lies_wholly_in_the_box() -> None:
    for code, position in maps.positions().items():
        x, y = position["plate"]
        assert maps.PLATE_WIDTH / 2 <= x <= maps.WIDTH - maps.PLATE_WIDTH / 2, code
        assert maps.PLATE_HEIGHT / 2 <= y <= maps.HEIGHT - maps.PLATE_HEIGHT / 2, code


def test_no_two_plates_lie_on_each_other() -> None:
    places = sorted((code, *position["plate"]) for code, position in maps.positions().items())
    for index, (code, x, y) in enumerate(places):
        for other, other_x, other_y in places[index + 1 :]:
            apart = abs(x - other_x) >= maps.PLATE_WIDTH or abs(y - other_y) >= maps.PLATE_HEIGHT
            assert apart, f"{code} and {other}"


def test_plates_stand_only_for_countries_of_the_map() -> None:
    entries = [SimpleNamespace(code=code, name=code, href="#", count=1) for code in ("LU", "NG", "DE")]
    plates = {plate.entry.code: plate for plate in maps.plates_for(entries)}
    assert set(plates) == {"LU", "DE"}
    assert plates["LU"].leader is not None
    assert plates["DE"].leader is None


@pytest.mark.parametrize("code", CODES.split())
def test_each_country_has_a_cutout_that_holds_it(code: str) -> None:
    part = maps.cutout(code)
    assert part is not None
    x, y, width, height = (float(value) for value in part.view_box.split())
    left, top, right, bottom = maps.positions()[code]["bounds"]
    # Whole numbers in the view box may cut one unit.
    assert x - 1 <= left
    assert right <= x + width + 1
    assert [shape.code for shape in part.shapes if shape.paint == "own"] == [code]
    assert y - 1 <= top
    assert bottom <= y + height + 1
    assert {label for label, _x, _y in part.labels} <= set(maps.positions()[code]["neighbours"])


def test_a_country_outside_the_map_has_no_cutout() -> None:
    assert maps.cutout("NG") is None
