"""Sections of a text: where it is cut, what each is called, which page of the reading view shows it.

Everything here depends on the text alone, so that anchors stay the same when a text is extracted again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from library.extraction.blocks import Block

# A section without a heading of its own is cut at a paragraph after about so many words.
WORDS = 400
# No section is larger than this once it is HTML: one page of the reading view has to hold it.
LARGEST = 16_000
# A page of the reading view: with the frame of the site it stays below 60 KB.
PART_BYTES = 26_000
# What a section costs beside its text: heading, anchor, the tags of its paragraphs.
SECTION_BYTES = 260
PARAGRAPH_BYTES = 24
LONGEST_ANCHOR = 60
# Characters of a piece of one long line.
SMALL = 1500
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Section:
    """A section as it is kept (see `library.models.FileSection`)."""

    number: int
    anchor: str
    heading: str
    level: int
    page: int | None
    part: int
    text: str

    @property
    def words(self) -> int:
        """The number of words of the text."""
        return len(_WORD.findall(self.text))


def sections_of(blocks: Iterable[Block]) -> list[Section]:
    """Return the sections of a text: long blocks are cut, each gets its anchor and its page of the reading view."""
    taken: dict[str, int] = {}
    found: list[Section] = []
    part, filled = 1, 0
    for block in blocks:
        for number, piece in enumerate(_pieces(block)):
            size = html_size(piece.text) + SECTION_BYTES + len(piece.heading)
            if filled and filled + size > PART_BYTES:
                part, filled = part + 1, 0
            filled += size
            found.append(
                Section(
                    number=len(found) + 1,
                    anchor=_anchor(piece, taken),
                    # What was cut off goes on below the same heading, under an anchor of its name.
                    heading="" if number else piece.heading[:300],
                    level=0 if number else piece.level,
                    page=piece.page,
                    part=part,
                    text=piece.text,
                )
            )
    return found


def html_size(text: str) -> int:
    """Return about how many bytes `text` has as HTML: escaped, in paragraphs."""
    return len(escape(text).encode()) + PARAGRAPH_BYTES * (text.count("\n") + 1)


def _anchor(block: Block, taken: dict[str, int]) -> str:
    if block.page is not None:
        base = f"page-{block.page}"
    else:
        base = slugify(string_to_ascii(block.heading))[:LONGEST_ANCHOR].strip("-_") if block.heading else ""
        # Words in another script leave nothing: such headings are numbered.
        base = base or "section"
    number = taken.get(base, 0) + 1
    # A heading that ends in a number may have the anchor already.
    while number > 1 and f"{base}-{number}" in taken:
        number += 1
    taken[base] = number
    anchor = base if number == 1 else f"{base}-{number}"
    taken.setdefault(anchor, 1)
    return anchor


def _pieces(block: Block) -> Iterator[Block]:
    """Yield a block, cut where it is too long: at a paragraph, else at a line, else at a blank, else anywhere."""
    # A page of a PDF is cut only where it could not be sent; its number is what people cite.
    words = 0 if block.page is not None else WORDS
    for text in _cut(block.text, words):
        yield replace(block, text=text)


def _cut(text: str, words: int) -> Iterator[str]:
    kept: list[str] = []
    size = count = 0
    for unit in _units(text, by_line=words and _is_lines(text)):
        unit_size, unit_words = html_size(unit), len(_WORD.findall(unit))
        too_large = size + unit_size > LARGEST
        if kept and (too_large or (words and count >= words and unit.strip())):
            yield "".join(kept)
            kept, size, count = [], 0, 0
        kept.append(unit)
        size, count = size + unit_size, count + unit_words
    if kept or not text:
        yield "".join(kept)


def _is_lines(text: str) -> bool:
    """Say whether a text has no blank lines between its paragraphs: then its lines are all there is to cut at."""
    return (
        len(_WORD.findall(text)) > 2 * WORDS
        and max((len(_WORD.findall(part)) for part in re.split(r"\n[ \t]*\n", text)), default=0) > 2 * WORDS
    )


def _units(text: str, *, by_line: bool | int) -> Iterator[str]:
    """Yield what a text is made of, with what parts it, so that the units together are the text."""
    pattern = r"(?s).*?(?:\n|\Z)" if by_line else r"(?s).*?(?:\n[ \t]*\n\s*|\Z)"
    for match in re.finditer(pattern, text):
        unit = match.group()
        if unit:
            yield from _small(unit)


def _small(unit: str) -> Iterator[str]:
    if html_size(unit) <= LARGEST:
        yield unit
        return
    lines = [line for line in re.split(r"(?<=\n)", unit) if line]
    if len(lines) > 1:
        for line in lines:
            yield from _small(line)
        return
    start = 0
    while start < len(unit):
        end = start + SMALL
        if end < len(unit):
            end = next((place + 1 for place in range(end, start, -1) if unit[place].isspace()), end)
        yield unit[start:end]
        start = end
