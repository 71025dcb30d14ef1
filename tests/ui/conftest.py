"""Fixtures of the interface's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import clear_url_caches
from pytest_django import Settings

from platform_site.ui import navigation


@pytest.fixture
def style_site(settings: Settings) -> None:
    """Answer the addresses of `tests.ui.urls` only, with the style guide on."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.STYLE_GUIDE = True
    settings.PLATFORM_NAME = "Ferry"
    settings.PLATFORM_TAGLINE = "A platform of organisations"
    clear_url_caches()


@pytest.fixture
def places() -> Iterator[None]:
    """A navigation of this test alone."""
    before = dict(navigation._places)
    navigation._places.clear()
    navigation.register("places", "Places", "places", 10)
    navigation.register("romania", "Romania", "place", 20, args=["RO"])
    navigation.register("search", "Search", "places", 1, area="search")
    navigation.register("lost", "Lost", "no-such-name", 5)
    yield
    navigation._places.clear()
    navigation._places.update(before)
