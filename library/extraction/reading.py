"""What is read out of a file: its state, its number of pages, its sections, a picture of its first page."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from library.extraction.child import LIMITS, Limits, read_in_child
from library.extraction.plain import blocks_of
from library.extraction.sections import Block, Section, sections_of

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
    if ending == "txt":
        text = data.decode("utf-8-sig", errors="replace").replace("\x00", "")
        state = "read" if text.strip() else "no_text"
        if len(text) > limits.characters:
            text, state = text[: limits.characters], "too_long"
        return ReadFile(state, sections_of(blocks_of(text)) if text.strip() else [])
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
