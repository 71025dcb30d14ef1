"""Numbers turned into widths: what the bars of the interface draw, in percent. Inline styles are forbidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

COLOURS = 4


class FundingShare(Protocol):
    """A funder with its share in percent and what has the words for its kind; None where the chart does not say it."""

    label: str
    share: float | None
    kind: object | None


@dataclass(frozen=True)
class Segment:
    """A part of a bar: label, share and kind (None: not stated), start and width in percent, number of its colour."""

    label: str
    share: float | None
    kind: object | None
    start: str
    width: str
    colour: int


def percent(part: float, whole: float) -> str:
    """Return `part` of `whole` as an SVG length in percent, between 0 and 100; `whole` of 0 gives 0."""
    share = 0.0 if whole <= 0 else max(0.0, min(1.0, part / whole)) * 100
    return f"{share:.4g}%"


def funding_segments(shares: Iterable[FundingShare]) -> list[Segment]:
    """Lay the shares side by side. A funder without a share keeps its place in the legend and has no width."""
    segments = []
    start = 0.0
    for index, row in enumerate(shares):
        width = float(row.share) if row.share is not None else 0.0
        segments.append(
            Segment(
                row.label,
                row.share,
                row.kind,
                percent(start, 100),
                percent(width, 100),
                index % COLOURS + 1,
            )
        )
        start += width
    return segments


def unstated_rest(segments: Iterable[Segment]) -> tuple[str, str] | None:
    """Return start and width of what is left of 100 percent if a funder's share is not stated, else None."""
    rows = list(segments)
    if all(row.share is not None for row in rows):
        return None
    stated = sum(float(row.share) for row in rows if row.share is not None)
    return (percent(stated, 100), percent(100 - stated, 100)) if stated < 100 else None
