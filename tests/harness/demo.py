"""The site with its demo content, for a module of tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from platform_site.vocabulary import versions
from tests.harness.database import TestDatabase
from tests.harness.fingerprint import demo_fingerprint


def _forget() -> None:
    """Forget what this process remembers of the database that was there before."""
    versions.forget()
    caches["default"].clear()


@pytest.fixture(scope="module")
def demo_site(
    django_db_setup: None, test_database: TestDatabase, django_db_blocker: DjangoDbBlocker, site_folder: Path
) -> Iterator[Path]:
    """The demo, database and files, as `dev.py run` makes it; gives the data folder.

    All tests of the module start from it, with a transaction or without (`live_server`), and each takes its own
    changes back. Made once per state of the code and the demo content; after that it is a copy of a tenth of a second.
    """
    name = f"demo_{demo_fingerprint()}"
    kept = test_database.cache / f"{name}.files"

    def make_demo() -> None:
        call_command("seed_demo", verbosity=0)
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(site_folder, kept)

    with django_db_blocker.unblock(), test_database.starting_from(name, make_demo) as made:
        if not made:
            shutil.copytree(kept, site_folder, dirs_exist_ok=True)
        _forget()
        yield site_folder
        shutil.rmtree(site_folder)
        for folder in (site_folder, site_folder / "media", site_folder / "static"):
            folder.mkdir()
    _forget()
