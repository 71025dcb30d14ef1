"""What texts are made of before they are cut into sections; imports nothing, the child process uses it too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A stretch of text as it was found: under a heading ("" for none), or a page of a PDF."""

    text: str
    heading: str = ""
    level: int = 0
    page: int | None = None
