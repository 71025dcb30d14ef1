"""What is read out of a file: its state, its number of pages, its sections, a picture of its first page."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from library.extraction.blocks import Block
from library.extraction.child import LIMITS, Limits, read_in_child
from library.extraction.sections import Section, sections_of

PICTURES = frozenset({"jpg", "jpeg", "png", "webp"})


@dataclass(frozen=True)
class ReadFile:
    """The outcome of reading a file; `state` is one of `StoredFile.State`."""

    state: str
    sections: list[Section] = field(default_factory=list)
    pages: int | None = None
    preview: bytes = b""


def read_file(data: bytes, ending: str, limits: Limits = LIMITS) -> ReadFile:
    """Return what is in a file that was cleaned before. Bounded in time and memory; never raises for its content."""
    if ending in PICTURES:
        return ReadFile("picture")
    found = read_in_child(data, ending, limits)
    blocks = [
        Block(
            text=str(block["text"]),
            heading=str(block.get("heading", "")),
            level=int(block.get("level", 0)),
            page=block.get("page"),
        )
        for block in found.get("blocks", [])
    ]
    return ReadFile(
        state=found["state"],
        sections=sections_of(blocks),
        pages=found.get("pages"),
        preview=base64.b64decode(found.get("preview", "")),
    )
