"""The body of a page as sections with their words: what stands under each heading, for the search.

Read from what the database keeps, not from the blocks: those would fetch, page by page, what they have chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail import blocks

from platform_site.blocks.figures import BRACES
from platform_site.blocks.reading import NOTE_MARK
from platform_site.texts.formatted import plain


@dataclass
class Section:
    """What stands under a heading; what comes before the first one has neither heading nor anchor.

    `texts` are the words of its blocks, plain.
    """

    heading: str = ""
    anchor: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The heading and the words under it."""
        return "\n".join(filter(None, (self.heading, *self.texts)))


def sections_of(body: Any) -> list[Section]:
    """Return the sections of a body (the value of a `BodyField`) that have words, without a query.

    The label of a figure is in the active language.
    """
    found = [Section()]
    for part in body.raw_data:
        block = body.stream_block.child_blocks.get(part["type"])
        if block is None:
            continue
        value = part["value"]
        if part["type"] == "heading":
            found.append(Section(value.get("text", ""), value.get("anchor") or ""))
            continue
        texts = (words_in_source(text) for text in _texts_in(block, value))
        found[-1].texts.extend(text for text in texts if text)
    return [section for section in found if section.text]


def words_in_source(source: str) -> str:
    """Return the words of formatted text of a page, without marks of notes and mentions of figures."""
    return plain(BRACES.sub(" ", NOTE_MARK.sub("", source)))


def _texts_in(block: Any, raw: Any) -> Iterator[str]:
    if isinstance(block, blocks.BaseStreamBlock):
        for part in raw or []:
            if part["type"] in block.child_blocks:
                yield from _texts_in(block.child_blocks[part["type"]], part["value"])
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _texts_in(child, (raw or {}).get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw or []:
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield from _texts_in(block.child_block, item["value"] if is_wrapped else item)
    elif raw is not None and not isinstance(block, blocks.ChooserBlock):
        yield from map(str, block.get_searchable_content(block.to_python(raw)))
