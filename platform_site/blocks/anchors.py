"""The anchors of headings: made once from the words, then kept, so that a link into a page goes on leading there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import slugify

# The frame of the page has these.
TAKEN = frozenset({"main", "cite", "notes", "changes"})
LONGEST = 60


def made_from(text: str, taken: Iterable[str]) -> str:
    """Return the anchor that a heading gets from its words, another one than those `taken`."""
    anchor = base = slugify(text)[:LONGEST].rstrip("-") or "section"
    number, used = 1, set(taken)
    while anchor in used:
        number += 1
        anchor = f"{base}-{number}"
    return anchor


def fill_anchors(body: Iterable[Any]) -> None:
    """Give each heading of a body (blocks, or pairs of name and value) that has no anchor one from its words."""
    headings = list(heading_values(body))
    taken = {*TAKEN, *(value.get("anchor") or "" for value in headings)}
    for value in headings:
        if not value.get("anchor"):
            value["anchor"] = made_from(value["text"], taken)
            taken.add(value["anchor"])


def heading_values(body: Iterable[Any]) -> Iterator[Any]:
    """Yield the values of the headings of a body (blocks, or pairs of name and value)."""
    for block in body:
        name, value = block if isinstance(block, tuple) else (block.block_type, block.value)
        if name == "heading":
            yield value
