"""What a cached test database depends on, as one short hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.db import connection

# Modules that write rows while the database is made: groups, permissions, vocabularies.
_WRITES_ROWS = (
    "apps.py",
    "roles.py",
    "groups.py",
    "permissions.py",
    "signals.py",
    "signal_handlers.py",
    "wagtail_hooks.py",
)


def project_folders() -> list[Path]:
    """Return the folders of the apps that are ours."""
    root = Path(__file__).resolve().parents[2]
    paths = (Path(config.path).resolve() for config in apps.get_app_configs())
    return sorted(path for path in paths if root in path.parents and "site-packages" not in path.parts)


def _template_files() -> Iterator[Path]:
    for config in apps.get_app_configs():
        yield from Path(config.path).glob("migrations/*.py")
    for folder in project_folders():
        yield from (path for name in _WRITES_ROWS if (path := folder / name).exists())
        yield from (path for path in folder.glob("management/**/*.py") if "__pycache__" not in path.parts)
        if folder.name == "vocabulary":
            yield from folder.glob("*.py")
            yield from folder.glob("lists/**/*.csv")


def _site_files() -> Iterator[Path]:
    for folder in project_folders():
        yield from folder.rglob("*.py")
    site = Path(__file__).parents[2] / "platform_site"
    for demo in (site / "demo", site / "demo_library"):
        yield from (path for path in demo.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _digest(files: Iterable[Path], *extra: str) -> str:
    """Return 16 hexadecimal digits over names and contents of `files`, and over `extra`."""
    state = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(set(files)):
        state.update(f"{path}\0".encode())
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()[:16]


def template_fingerprint() -> str:
    """Return the hash of all that shapes the empty site: versions, migrations, what loads groups and vocabularies."""
    return _digest(_template_files(), django.__version__, wagtail.__version__, connection.vendor)


@cache
def demo_fingerprint() -> str:
    """Return the hash of all that shapes the demo site: the template, all our code and the demo content.

    Taken once per process: an edit during a run must not make it seed again.
    """
    return _digest(_site_files(), template_fingerprint())
