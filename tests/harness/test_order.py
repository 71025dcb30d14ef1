"""The order of tests: the walks begin."""

from __future__ import annotations

from pathlib import Path

from tests.harness.order import WALKS, walks_first

ROOT = Path(__file__).parents[2]


def test_walks_come_first_and_the_rest_stays_in_order() -> None:
    names = ["tests/a.py::b", "tests/smoke/test_smoke.py::one", "tests/a.py::a", "tests/canary/test_canary.py::two"]
    assert walks_first(names) == [1, 3, 0, 2]


def test_each_walk_is_there() -> None:
    assert [path for path in WALKS if not (ROOT / path).exists()] == []
