"""Where things stand on the map of `static/map/europe.svg`. The data come from `scripts/build_map.mjs`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypedDict

WIDTH, HEIGHT = 720, 770
PLATE_WIDTH, PLATE_HEIGHT = 34, 26
# A cut-out shows about three times the country, and never less than the Benelux with what lies round it.
CUTOUT_FACTOR, CUTOUT_LEAST = 2.9, 150
CUTOUT_ASPECT = 4 / 3
CUTOUT_TEXT = 0.034
# A neighbour narrower than this part of the picture has no room for its letters.
CUTOUT_LABELLED = 0.06


class Position(TypedDict):
    """Of one country: a point in it, where its plate stands, its bounds (x, y, x, y), the codes of its neighbours."""

    at: tuple[int, int]
    plate: tuple[int, int]
    bounds: tuple[int, int, int, int]
    neighbours: list[str]


class CountryEntry(Protocol):
    """A country as a page counts it: its code, its name, where its link leads, how many entries it has."""

    code: str
    name: str
    href: str
    count: int


@dataclass(frozen=True)
class MapPlate:
    """A plate on the map, in map units; `leader` is the line from the plate to its country, or None."""

    entry: CountryEntry
    x: int
    y: int
    text_x: int
    text_y: int
    leader: tuple[int, int, int, int] | None


@dataclass(frozen=True)
class Shape:
    """A country's shape by its code, and how it is painted: `has`, `land`, `own`, `near`."""

    code: str
    paint: str


@dataclass(frozen=True)
class Cutout:
    """The part of the map round one country: the view box, the shapes, the codes written on the neighbours."""

    view_box: str
    shapes: list[Shape]
    labels: list[tuple[str, int, int]]
    font_size: str


@cache
def positions() -> Mapping[str, Position]:
    """Return the position of each country of the map by its code."""
    data: dict[str, Position] = json.loads((Path(__file__).parent / "map_data.json").read_text(encoding="utf-8"))
    return data


def shapes_with(codes: Iterable[str]) -> list[Shape]:
    """Return all shapes; those of `codes` are painted `has`."""
    chosen = set(codes)
    return [Shape(code, "has" if code in chosen else "land") for code in positions()]


def plates_for(entries: Iterable[CountryEntry]) -> list[MapPlate]:
    """Return a plate per entry that lies on the map. Others (overseas) are only in the list beside the map."""
    plates = []
    for entry in entries:
        position = positions().get(entry.code)
        if position is None:
            continue
        (x, y), at = position["plate"], position["at"]
        moved = abs(x - at[0]) > PLATE_WIDTH / 2 or abs(y - at[1]) > PLATE_HEIGHT / 2
        leader = (x, y, at[0], at[1]) if moved else None
        plates.append(MapPlate(entry, x - PLATE_WIDTH // 2, y - PLATE_HEIGHT // 2, x, y + 4, leader))
    return plates


def cutout(code: str) -> Cutout | None:
    """Return the map round the country `code`, or None if it does not lie on the map."""
    position = positions().get(code)
    if position is None:
        return None
    left, top, right, bottom = position["bounds"]
    width = max((right - left) * CUTOUT_FACTOR, (bottom - top) * CUTOUT_FACTOR * CUTOUT_ASPECT, CUTOUT_LEAST)
    width = min(width, WIDTH)
    height = width / CUTOUT_ASPECT
    x = min((left + right - width) / 2, WIDTH - width)
    y = max(0.0, min((top + bottom - height) / 2, HEIGHT - height))
    near = set(position["neighbours"])
    shapes = [
        Shape(other, "own" if other == code else "near" if other in near else "land")
        for other, place in positions().items()
        if place["bounds"][2] >= x and place["bounds"][0] <= x + width
    ]
    labels = [
        (other, place["at"][0], place["at"][1])
        for other, place in positions().items()
        if other in near
        and place["bounds"][2] - place["bounds"][0] >= width * CUTOUT_LABELLED
        and x + width * 0.05 < place["at"][0] < x + width * 0.95
        and y + height * 0.06 < place["at"][1] < y + height * 0.96
    ]
    return Cutout(f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}", shapes, labels, f"{width * CUTOUT_TEXT:.1f}")
