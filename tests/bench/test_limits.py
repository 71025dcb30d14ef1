"""The bench names each figure that is over its limit, and says nothing of figures that were not taken."""

from __future__ import annotations

import pytest

from bench.limits import BY_KIND, exceeded


@pytest.mark.parametrize(
    ("kind", "figures", "over"),
    [
        ("entry", {"queries_warm": 10, "cpu_ms": 10.0, "html_bytes": 60_000, "first_view_bytes": 200_000}, []),
        ("entry", {"queries_warm": 11, "cpu_ms": 10.1}, ["queries_warm", "cpu_ms"]),
        ("list", {"queries_warm": 12, "cpu_ms": 20.5}, ["cpu_ms"]),
        ("list, new state", {"cpu_ms": 39.9}, []),
        ("list, new state", {"cpu_ms": 40.1}, ["cpu_ms"]),
        ("list, cold", {"cpu_ms": 39.9}, []),
        ("list, cold", {"cpu_ms": 40.1}, ["cpu_ms"]),
        ("page", {"html_bytes": 60_001, "first_view_bytes": 200_001}, ["html_bytes", "first_view_bytes"]),
        ("page", {}, []),
    ],
)
def test_figures_over_their_limit_are_named(kind: str, figures: dict[str, object], over: list[str]) -> None:
    assert exceeded(kind, figures) == over


def test_every_public_kind_has_a_limit_of_queries() -> None:
    assert all(limits.queries is not None for limits in BY_KIND.values())
