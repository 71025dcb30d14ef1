"""What the figures must keep to, by kind of page; from the platform's requirements for two cores and two workers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper limits of one kind of page; None where none is set. CPU in milliseconds per request, sizes in bytes."""

    queries: int | None = None
    cpu_ms: float | None = None
    html_bytes: int = 60_000
    first_view_bytes: int = 200_000


BY_KIND = {
    "page": Limits(queries=12, cpu_ms=15),
    "list": Limits(queries=12, cpu_ms=20),
    # The data has changed since: neither the page nor its counts are kept, only the rows that stayed as they were.
    "list, cold": Limits(queries=12, cpu_ms=40),
    # A state of the filters that nobody asked for before, with rows that nobody saw.
    "list, new state": Limits(queries=12, cpu_ms=40),
    "entry": Limits(queries=10, cpu_ms=10),
    # Files for programs: their size follows from what was asked.
    "data": Limits(queries=12, html_bytes=10_000_000, first_view_bytes=10_000_000),
}
# Organisations and charts alone have 180 of them.
SEED_SECONDS = 300


def exceeded(kind: str, figures: dict[str, object]) -> list[str]:
    """Return the names of the figures of one page that are over their limit."""
    limits = BY_KIND[kind]
    pairs = {
        "queries_warm": limits.queries,
        "cpu_ms": limits.cpu_ms,
        "html_bytes": limits.html_bytes,
        "first_view_bytes": limits.first_view_bytes,
    }
    return [
        name
        for name, limit in pairs.items()
        if limit is not None and isinstance(value := figures.get(name), int | float) and value > limit
    ]
