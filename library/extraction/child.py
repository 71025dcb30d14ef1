"""Reading a document in a child process, and the limits that it works in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from platform_site.safety.child import ChildError, ChildLimits, run_limited

WORKER = "library.extraction.worker"
# What was read, as JSON with its escapes, and the picture of page one.
MOST_OUTPUT = 128 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What reading one document may cost: bytes of memory, seconds, pages and characters of text."""

    memory: int = 1024 * 1024 * 1024
    seconds: int = 20
    pages: int = 1500
    characters: int = 8_000_000


LIMITS = Limits()


def read_in_child(data: bytes, kind: str, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return what the worker says of a document: `state`, and where it was read `pages`, `blocks`, `preview`.

    Never takes longer than the limits; a process that dies or does not end gives the state "broken".
    """
    cost = ChildLimits(memory=limits.memory, seconds=limits.seconds, output=MOST_OUTPUT)
    try:
        found: dict[str, Any] = json.loads(
            run_limited(WORKER, [kind, str(limits.pages), str(limits.characters)], data, cost)
        )
    except (ChildError, ValueError):
        return {"state": "broken"}
    return found
