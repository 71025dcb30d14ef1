"""How the text of a file is laid out for reading: paragraphs apart, items of lists hanging, contents of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from library.hits import ITEM, Piece
from library.models import FileSection, StoredFile

# Ends a sentence: what stands on the next line begins a paragraph.
_ENDS = (".", "!", "?", ":", ";", "”", "»", "…")
# Headings that the contents of a whole text name at most; of a text with more, only the upper levels.
MOST_HEADINGS = 60


@dataclass(frozen=True)
class Line:
    """A stretch of a paragraph that stands by itself; an item of a list hangs behind its mark."""

    pieces: tuple[Piece, ...]
    is_item: bool


@dataclass(frozen=True)
class Heading:
    """A heading of the text, the page of the reading view that has it, and how deep it lies (1: uppermost)."""

    words: str
    anchor: str
    part: int
    depth: int


def lines_of(pieces: Iterable[Piece]) -> Iterator[Line]:
    """Yield a paragraph parted where a line ended a sentence or the next one is an item of a list.

    Other lines of a paragraph that were broken on purpose, as in an address, stay together.
    """
    current: list[Piece] = []
    for piece in pieces:
        *whole, last = piece.text.split("\n")
        for number, text in enumerate(whole):
            current.append(Piece(text, 0 if number else piece.hit, is_marked=piece.is_marked))
            following = whole[number + 1] if number + 1 < len(whole) else last
            if "".join(one.text for one in current).rstrip().endswith(_ENDS) or ITEM.match(following):
                yield _line(current)
                current = []
            else:
                current.append(Piece("\n"))
        if last:
            current.append(Piece(last, 0 if whole else piece.hit, is_marked=piece.is_marked))
    if current:
        yield _line(current)


def _line(pieces: list[Piece]) -> Line:
    return Line(tuple(pieces), is_item=ITEM.match("".join(piece.text for piece in pieces)) is not None)


def headings_of(stored: StoredFile) -> list[Heading]:
    """Return the headings of a text, as many levels of them as fit; of too many uppermost ones the first of a page."""
    rows = list(
        FileSection.objects.filter(stored=stored)
        .exclude(heading="")
        .order_by("number")
        .values_list("heading", "anchor", "part", "level")
    )
    levels = sorted({level for *_rest, level in rows})
    kept: list[tuple[str, str, int, int]] = []
    for deepest in levels:
        wanted = [row for row in rows if row[3] <= deepest]
        if len(wanted) > MOST_HEADINGS:
            break
        kept = wanted
    if rows and not kept:
        kept = [*{row[2]: row for row in reversed(rows)}.values()][::-1][:MOST_HEADINGS]
    return [Heading(words, anchor, part, levels.index(level) + 1) for words, anchor, part, level in kept]
