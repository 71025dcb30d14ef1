"""Who may import whom: the contracts of pyproject.toml are kept and leave no module of ours out."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT_APPS = {"directory", "practices", "library", "discussions", "newsletters", "search"}
# What an app shows to others: reads, access rules, what it registers and what that is made of (`building`, `documents`,
# `rules`; what it says of its own records to the search), what bulk work waits with (`outbox`), words as they are
# compared (`analysis`, `stop_words`), the thesaurus, and models where a relation is declared.
DOORS = {
    "selectors", "access", "registration", "related", "models", "building", "documents", "rules", "search_documents",
    "outbox", "analysis", "stop_words", "thesaurus",
}  # fmt: skip
COMPOSITION = {"platform_site.urls", "platform_site.management", "tests"}


def configuration() -> dict[str, object]:
    """Return the section of import-linter."""
    with (ROOT / "pyproject.toml").open("rb") as source:
        return dict(tomllib.load(source)["tool"]["importlinter"])


def packages() -> set[str]:
    """Return the names of the packages in the work tree that hold the site's code."""
    names = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    return names - {"devtools", "bench", "scripts"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """The imports of all packages of the site."""
    return grimp.build_graph(*sorted(packages()), cache_dir=None)


def test_the_contracts_are_kept() -> None:
    """In a process of its own, as `dev.py check` does: import-linter sets up logging and silences all other loggers."""
    command = [sys.executable, "-m", "devtools.inside.check_contracts"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_package_is_under_contract() -> None:
    assert set(configuration()["root_packages"]) == packages()  # type: ignore[call-overload]  # read from a file


def test_every_part_of_the_platform_has_a_layer(graph: grimp.ImportGraph) -> None:
    contract = configuration()["contracts"][0]  # type: ignore[index]  # read from a file
    named = {name.strip(" ()") for layer in contract["layers"] for name in layer.replace("|", ":").split(":")}
    platform = graph.find_children("platform_site") - {"platform_site.demo"}
    assert platform - named == set()
    assert packages() - {"platform_site"} - named == set()


def test_apps_meet_at_their_doors(graph: grimp.ImportGraph) -> None:
    past = []
    for module in graph.modules:
        importer = module.partition(".")[0]
        if importer == "tests" or module in COMPOSITION:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            app, _dot, inside = imported.partition(".")
            if app in CONTENT_APPS and app != importer and inside.partition(".")[0] not in DOORS:
                past.append(f"{module} imports {imported}")
    assert sorted(past) == []
