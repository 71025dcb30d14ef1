"""What must not leak from one test into the next: files, caches, data versions, the language of the thread, silence."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import override_settings
from django.utils import translation

from platform_site.vocabulary import versions


@pytest.fixture(scope="session", autouse=True)
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of this process: every setting that points into the site's data folder points here instead."""
    folder = tmp_path_factory.mktemp("site")
    original = Path(settings.DATA_DIR)
    # Nothing is collected for tests: static files come from where they lie, and WhiteNoise wants its folder to exist.
    moved: dict[str, object] = {"DATA_DIR": folder, "STATIC_ROOT": folder / "static"}
    for name in dir(settings):
        value = getattr(settings, name)
        if name.isupper() and isinstance(value, Path) and original in value.parents:
            moved[name] = folder / value.relative_to(original)
    for value in moved.values():
        Path(str(value)).mkdir(parents=True, exist_ok=True)
    with override_settings(**moved):
        yield folder


@pytest.fixture(autouse=True)
def _clean_thread() -> Iterator[None]:
    """Start every test with empty memory caches, no remembered data versions, and in the site's own language."""
    versions.forget()
    for alias in settings.CACHES:
        if isinstance(caches[alias], LocMemCache):
            caches[alias].clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    assert not logging.getLogger("django.request").disabled, "This test silences the log of all that follow."
    translation.deactivate_all()
    translation.activate(settings.LANGUAGE_CODE)
