"""Finding words in the text of a file: phrases, small and capital letters and accents alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from library.models import FileSection, StoredFile

LONGEST_QUERY = 100
MOST_WORDS = 8
SHORTEST_WORD = 2
# On one page of the reading view no more are marked: each mark costs bytes.
MOST_MARKS = 150
AROUND = 70
# A line at least so long goes on in the next one; a shorter one was ended on purpose.
FULL_LINE = 55
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_ITEM = re.compile(r"\s*(?:[-*•▪–o]\s|\(?[0-9a-z]{1,3}[.)]\s|[|])")


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph; `hit` is its number among the hits of the text, 0 for what is none."""

    text: str
    hit: int = 0


@dataclass(frozen=True)
class Hit:
    """One place where the words were found."""

    number: int
    part: int
    anchor: str
    label: str
    before: str
    match: str
    after: str


@dataclass
class Found:
    """The places of a text where the words were found: how many on each page of the reading view, and the first."""

    total: int = 0
    by_part: dict[int, int] = field(default_factory=dict)
    first: list[Hit] = field(default_factory=list)

    def before_part(self, part: int) -> int:
        """Return how many hits lie on earlier pages."""
        return sum(count for number, count in self.by_part.items() if number < part)


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a section; lines that were broken to fit a page are joined again."""
    return [joined for block in _BLANK_LINE.split(text) if (joined := _joined(block))]


def _joined(block: str) -> str:
    lines = [line.strip() for line in block.strip().split("\n")]
    text = lines[0] if lines else ""
    for before, line in pairwise(lines):
        text += (" " if len(before) >= FULL_LINE and not _ITEM.match(line) else "\n") + line
    return text


def folded(text: str) -> str:
    """Return `text` without accents, each character in its place."""
    if text.isascii():
        return text
    table = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in set(text) if ord(letter) > 127}
    return text.translate(table)


def pattern_of(query: str) -> re.Pattern[str] | None:
    """Return what finds the words of `query` in a folded text, in their order, endings open; None for no words."""
    words = re.findall(r"\w+", folded(unicodedata.normalize("NFC", query[:LONGEST_QUERY])))[:MOST_WORDS]
    if not words or max(map(len, words)) < SHORTEST_WORD:
        return None
    return re.compile(r"\b" + r"\w*\W+".join(re.escape(word) for word in words) + r"\w*", re.IGNORECASE)


def pieces_of(paragraph: str, pattern: re.Pattern[str] | None, number: int) -> tuple[list[Piece], int]:
    """Return a paragraph parted at its hits, the first of which has `number` + 1, and the number of the last one."""
    if pattern is None:
        return [Piece(paragraph)], number
    pieces, end = [], 0
    for match in pattern.finditer(folded(paragraph)):
        if match.start() > end:
            pieces.append(Piece(paragraph[end : match.start()]))
        number += 1
        pieces.append(Piece(paragraph[match.start() : match.end()], number))
        end = match.end()
    if end < len(paragraph):
        pieces.append(Piece(paragraph[end:]))
    return pieces, number


def find(stored: StoredFile, pattern: re.Pattern[str], *, first: int = 0) -> Found:
    """Return where the text of a file has the words; up to `first` places with what stands around them."""
    found = Found()
    rows = FileSection.objects.filter(stored=stored).order_by("number")
    for section in rows.only("part", "anchor", "heading", "page", "text").iterator(chunk_size=200):
        for paragraph in paragraphs_of(section.text):
            for match in pattern.finditer(folded(paragraph)):
                found.total += 1
                found.by_part[section.part] = found.by_part.get(section.part, 0) + 1
                if found.total <= first:
                    found.first.append(_hit(found.total, section, paragraph, match))
    return found


def _hit(number: int, section: FileSection, paragraph: str, match: re.Match[str]) -> Hit:
    start, end = match.span()
    before, after = paragraph[max(0, start - AROUND) : start], paragraph[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(paragraph):
        after = after.rpartition(" ")[0] + " …"
    label = str(section.page) if section.page is not None else ""
    return Hit(number, section.part, section.anchor, label, before, paragraph[start:end], after)


def marked_sections(
    sections: Iterable[FileSection], pattern: re.Pattern[str] | None, number: int
) -> Iterator[tuple[FileSection, list[list[Piece]]]]:
    """Yield sections with their paragraphs in pieces; hits are numbered on from `number`, as many marked as fit."""
    last = number + MOST_MARKS
    for section in sections:
        paragraphs = []
        for paragraph in paragraphs_of(section.text):
            pieces, number = pieces_of(paragraph, pattern, number)
            paragraphs.append([piece if piece.hit <= last else Piece(piece.text) for piece in pieces])
        yield section, paragraphs
