"""Finding words in the text of a file: they are read as in lists (`platform_site.texts.words`), endings are open.

Where paragraphs have all the words, these are the places; where none has, each word is a place. A word that no word of
the text begins with is found inside words, as lists find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from library.models import FileSection, StoredFile
from platform_site.texts.words import folded, terms_of

LONGEST_QUERY = 100
SHORTEST_WORD = 2
# On one page of the reading view no more are marked: each mark costs bytes.
MOST_MARKS = 150
AROUND = 70
# An excerpt that shows all words ends here, if they stand further apart.
LONGEST_EXCERPT = 240
# A line at least so long goes on in the next one; a shorter one was ended on purpose.
FULL_LINE = 55
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
ITEM = re.compile(r"\s*(?:[-*•▪–o]\s|\(?[0-9a-z]{1,3}[.)]\s|[|])")

Patterns = tuple[re.Pattern[str], ...]
Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph; `hit` is its number among the places of the text, 0 for what is none."""

    text: str
    hit: int = 0
    is_marked: bool = False


@dataclass(frozen=True)
class Hit:
    """One place where the words were found, with what stands around it; its words stand in `spread` characters."""

    number: int
    part: int
    anchor: str
    label: str
    pieces: tuple[Piece, ...]
    spread: int


@dataclass
class Found:
    """The places of a text: how many on each page of the reading view, and the first.

    `patterns` are those of the words that the text has, `missing` the words that it has not. `is_near`: places are
    paragraphs with all the words.
    """

    patterns: Patterns = ()
    missing: tuple[str, ...] = ()
    is_near: bool = False
    total: int = 0
    by_part: dict[int, int] = field(default_factory=dict)
    first: list[Hit] = field(default_factory=list)

    @property
    def are_apart(self) -> bool:
        """Whether there are several words that no paragraph has together."""
        return len(self.patterns) > 1 and not self.is_near

    def before_part(self, part: int) -> int:
        """Return how many places lie on earlier pages."""
        return sum(count for number, count in self.by_part.items() if number < part)


@dataclass(frozen=True)
class _Matches:
    """What the patterns match in a paragraph: all `spans` to be marked, and those that are `places`."""

    spans: list[Span]
    places: list[Span]


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a section; lines that were broken to fit a page are joined again."""
    return [joined for block in _BLANK_LINE.split(text) if (joined := _joined(block))]


def _joined(block: str) -> str:
    lines = [line.strip() for line in block.strip().split("\n")]
    text = lines[0] if lines else ""
    for before, line in pairwise(lines):
        text += (" " if len(before) >= FULL_LINE and not ITEM.match(line) else "\n") + line
    return text


def words_in(query: str) -> list[str]:
    """Return the words and phrases of `query` that are looked for in texts; none if all are too short."""
    terms = [term for term in terms_of(query[:LONGEST_QUERY]) if len(term) >= SHORTEST_WORD or term.isdigit()]
    return terms if any(len(term) >= SHORTEST_WORD for term in terms) else []


def _pattern(term: str, *, inside: bool = False) -> re.Pattern[str]:
    """Return what finds a word or phrase in a folded text, at the beginning of a word or also inside one."""
    words = r"\w*\W+".join(re.escape(word).replace("ss", "(?:ss|ß)") for word in re.findall(r"\w+", term))
    return re.compile((r"\w*" if inside else r"\b") + words + r"\w*", re.IGNORECASE)


def _patterns(terms: Sequence[str], texts: Iterable[str]) -> tuple[Patterns, tuple[str, ...]]:
    """Return the patterns of the terms that folded `texts` have, and the terms that they have not."""
    texts, found, missing = list(texts), [], []
    for term in terms:
        for pattern in (_pattern(term), _pattern(term, inside=True)):
            if any(pattern.search(text) for text in texts):
                found.append(pattern)
                break
        else:
            missing.append(term)
    return tuple(found), tuple(missing)


def _matched(text: str, patterns: Patterns, *, near: bool) -> _Matches:
    """Return what the patterns match in a folded paragraph; with `near` its one place is where all stand closest."""
    matches = sorted(
        ((match.start(), match.end(), number) for number, one in enumerate(patterns) for match in one.finditer(text)),
        key=lambda match: (match[0], -match[1]),
    )
    spans: list[Span] = []
    for start, end, _number in matches:
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    if not near:
        return _Matches(spans, spans)
    window = _closest(matches, len(patterns))
    return _Matches(spans, [window] if window else [])


def _closest(matches: Sequence[tuple[int, int, int]], wanted: int) -> Span | None:
    """Return the shortest stretch that has a match of each of the `wanted` patterns, None if there is none."""
    last: dict[int, Span] = {}
    best: Span | None = None
    for start, end, number in matches:
        last[number] = (start, end)
        if len(last) == wanted:
            stretch = (min(span[0] for span in last.values()), max(span[1] for span in last.values()))
            if best is None or stretch[1] - stretch[0] < best[1] - best[0]:
                best = stretch
    return best


def find(stored: StoredFile, terms: Sequence[str], *, first: int = 0) -> Found:
    """Return where the text of a file has the words; up to `first` places with what stands around them."""
    rows = FileSection.objects.filter(stored=stored).order_by("number")
    sections = rows.only("part", "anchor", "heading", "page", "text").iterator(chunk_size=200)
    return find_in(sections, terms, first=first)


def find_in(sections: Iterable[FileSection], terms: Sequence[str], *, first: int = 0) -> Found:
    """Return where these sections of a text have the words (see `find`)."""
    rows = [
        (section, paragraph, folded(paragraph)) for section in sections for paragraph in paragraphs_of(section.text)
    ]
    patterns, missing = _patterns(terms, (text for _section, _paragraph, text in rows))
    found = Found(patterns, missing)
    found.is_near = len(patterns) > 1 and any(all(one.search(text) for one in patterns) for *_rest, text in rows)
    for section, paragraph, text in rows if patterns else ():
        matched = _matched(text, patterns, near=found.is_near)
        for place in matched.places:
            found.total += 1
            found.by_part[section.part] = found.by_part.get(section.part, 0) + 1
            if found.total <= first:
                found.first.append(_hit(found.total, section, paragraph, matched.spans, place))
    return found


def _hit(number: int, section: FileSection, paragraph: str, spans: Sequence[Span], place: Span) -> Hit:
    start, end = max(0, place[0] - AROUND), min(place[1], place[0] + LONGEST_EXCERPT) + AROUND
    if start:
        start = min(paragraph.find(" ", start) + 1 or start, place[0])
    if end < len(paragraph):
        end = max(paragraph.rfind(" ", 0, end), min(place[1], place[0] + LONGEST_EXCERPT))
    shown = [(max(start, one[0]), min(end, one[1])) for one in spans if one[1] > start and one[0] < end]
    pieces = _parted(paragraph, shown, start, end)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(paragraph) else []
    label = str(section.page) if section.page is not None else ""
    return Hit(number, section.part, section.anchor, label, (*before, *pieces, *after), place[1] - place[0])


def _parted(paragraph: str, spans: Iterable[Span], start: int, end: int) -> list[Piece]:
    """Return what stands from `start` to `end`, the spans marked."""
    pieces = []
    for first, last in spans:
        if first > start:
            pieces.append(Piece(paragraph[start:first]))
        pieces.append(Piece(paragraph[first:last], is_marked=True))
        start = last
    if start < end:
        pieces.append(Piece(paragraph[start:end]))
    return pieces


def marked_sections(
    sections: Iterable[FileSection], found: Found, number: int
) -> Iterator[tuple[FileSection, list[list[Piece]]]]:
    """Yield sections with their paragraphs in pieces; places are numbered on from `number`, as many marked as fit.

    Words outside the places are marked without a number.
    """
    last, others = number + MOST_MARKS, MOST_MARKS
    for section in sections:
        paragraphs = []
        for paragraph in paragraphs_of(section.text):
            matched = _matched(folded(paragraph), found.patterns, near=found.is_near)
            begins = {place[0] for place in matched.places}
            shown: dict[Span, int] = {}
            for span in matched.spans:
                if any(span[0] <= begin < span[1] for begin in begins):
                    number += 1
                    if number <= last:
                        shown[span] = number
                elif others:
                    others -= 1
                    shown[span] = 0
            pieces = _parted(paragraph, shown, 0, len(paragraph))
            numbers = iter(shown.values())
            paragraphs.append(
                [Piece(one.text, next(numbers), is_marked=True) if one.is_marked else one for one in pieces]
            )
        yield section, paragraphs
