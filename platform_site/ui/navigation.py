"""The places that the header and the footer lead to. Apps register theirs in `ready()`; `ui` knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Area = Literal["main", "search", "use", "platform", "care"]


@dataclass(frozen=True)
class Place:
    """One registered place: its key, its label (lazy), the URL name with its arguments, the order, the area."""

    key: str
    label: str | Promise
    url_name: str
    order: int
    area: Area
    args: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A place as a template shows it: where it leads in the current language, and whether the reader is in it."""

    key: str
    label: str | Promise
    href: str
    is_active: bool


_places: dict[str, Place] = {}
# Links that come and go with the content: what gives them for an area and the path that is shown.
Source = Callable[[Area, str], Iterable[Link]]
_sources: dict[str, Source] = {}


def register(
    key: str,
    label: str | Promise,
    url_name: str,
    order: int,
    *,
    area: Area = "main",
    args: Iterable[str] = (),
) -> None:
    """Put a place into the navigation.

    `area` says where: `main` is the header's menu, `search` the magnifier beside it (one place), `use`, `platform` and
    `care` are the footer's columns. Registering a key again replaces the place.
    """
    _places[key] = Place(key, label, url_name, order, area, tuple(args))


def register_source(key: str, source: Source) -> None:
    """Add what gives links that depend on the content; they stand behind the registered places of their area.

    It is asked on every page, error pages too: it keeps what it found. Registering a key again replaces the source.
    """
    _sources[key] = source


def unregister(key: str) -> None:
    """Take the place `key` out again; an unknown key is no error."""
    _places.pop(key, None)


def links(area: Area, path: str) -> list[Link]:
    """Return the links of `area` in their order, the one that `path` lies under marked as active.

    A place whose address does not exist in this site (an app with its URLs left out) is left out too: a menu never
    leads nowhere.
    """
    found = []
    for place in sorted(_places.values(), key=lambda place: (place.order, place.key)):
        if place.area != area:
            continue
        try:
            href = reverse(place.url_name, args=place.args)
        except NoReverseMatch:
            continue
        found.append(Link(place.key, place.label, href, path.startswith(href)))
    for source in _sources.values():
        found.extend(source(area, path))
    return found
