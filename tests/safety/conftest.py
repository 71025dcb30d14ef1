"""Fixtures of the safety tests."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture
def small_site(settings: Settings) -> None:
    """The site's own settings and middleware over the addresses of `tests.safety.urls`."""
    settings.ROOT_URLCONF = "tests.safety.urls"
