"""What `dev.py test` asks of pytest."""

from __future__ import annotations

import pytest

from devtools import testing
from devtools.places import VAR
from devtools.testing import selection


def expression(arguments: list[str]) -> str:
    """Return the marker expression among pytest's arguments."""
    return arguments[arguments.index("-m") + 1]


def test_a_whole_run_leaves_the_long_suites_out() -> None:
    chosen = selection([], long=False, database="sqlite")
    assert expression(chosen) == "not long"
    assert "-n" in chosen


def test_long_takes_everything() -> None:
    assert "-m" not in selection([], long=True, database="sqlite")


def test_postgresql_leaves_the_browser_out() -> None:
    assert expression(selection([], long=True, database="postgresql")) == "not browser"
    assert expression(selection([], long=False, database="postgresql")) == "not long and not browser"


def test_a_marker_of_the_caller_is_kept() -> None:
    chosen = selection(["-m", "browser or long", "-v"], long=False, database="sqlite")
    assert expression(chosen) == "(browser or long) and not long"
    assert chosen.count("-m") == 1
    assert "-v" in chosen


@pytest.mark.parametrize(
    "argument", ["tests/ui/test_tags.py", "tests/ui/test_tags.py::test_plate", "-x", "-k", "--pdb"]
)
def test_a_small_run_stays_in_one_process(argument: str) -> None:
    chosen = selection([argument], long=False, database="sqlite")
    assert "-n" not in chosen
    assert chosen[0] == argument


def test_a_folder_is_a_whole_run() -> None:
    assert "-n" in selection(["tests"], long=False, database="sqlite")


@pytest.mark.parametrize(("forbidden", "beside_the_sources"), [("1", False), ("", True)])
def test_what_python_compiled_is_kept_for_the_next_process(
    monkeypatch: pytest.MonkeyPatch, forbidden: str, beside_the_sources: bool
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", forbidden)
    found = testing.tests_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in found
    place = found.get("PYTHONPYCACHEPREFIX")
    assert (place is None) if beside_the_sources else (place is not None and place.startswith(f"{VAR}/"))


def test_the_database_of_ones_own_site_is_no_place_for_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://person@127.0.0.1/site")
    assert "DATABASE_URL" not in testing.tests_environment()
