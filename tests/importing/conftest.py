"""A package to change and to import."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.models import Network, Organisation, Programme
from platform_site.records.packages.exporting import export_package
from platform_site.records.packages.report import ImportReport
from platform_site.records.packages.running import import_package
from practices.models import PracticeChart

PACKAGE = Path(__file__).parent / "package"


@pytest.fixture
def package(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the synthetic package, without what the test's module names in LEAVE_OUT: less to publish each time."""
    folder = tmp_path / "package"
    left_out = getattr(request.module, "LEAVE_OUT", ())
    shutil.copytree(PACKAGE, folder, ignore=lambda _folder, names: [name for name in names if name in left_out])
    return folder


@pytest.fixture
def run(db: None, package: Path) -> Callable[..., ImportReport]:
    """Import the package (with options) and return the report."""

    def run_import(**options: Any) -> ImportReport:
        return import_package(options.pop("folder", package), **options)

    return run_import


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old` in a file; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def empty_site() -> None:
    """Delete every record that a package can bring."""
    for model in (PracticeChart, Programme, Network, Organisation):
        for record in model.objects.order_by("-pk"):
            record.delete()


def files_of(folder: Path) -> dict[str, str]:
    """Return the texts of all files in a folder, by name."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def exported(folder: Path) -> dict[str, str]:
    """Export the site into `folder` and return the texts of the package's files."""
    export_package(folder)
    return files_of(folder)
