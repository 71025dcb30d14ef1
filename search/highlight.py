"""Which words of a text answer a query, and the piece of the text that shows it best. The one highlighter.

Words are compared as engines compare them: by their stems, whole phrases, beginnings; what the thesaurus added counts
too, what must not occur never.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.analysis import Token, groups, joined, prefix_stems, query_stems, stem, tokens
from search.tree import Either, Expanded, Phrase, Query, Word

# Characters of an excerpt, without its ellipses.
LENGTH = 240
# So much of an excerpt, at least, stands before the first mark where the text has it.
_BEFORE = 40
# In a long text no more places are looked at.
_MOST_HITS = 400
_BEFORE_TEXT, _AFTER_TEXT = "… ", " …"
_OTHER_FIELDS = {True: frozenset({"summary", "body"}), False: frozenset({"title", "names"})}


@dataclass(frozen=True)
class Hit:
    """A place of a text, from character to character, that answers the part of the query with this number."""

    start: int
    end: int
    part: int


@dataclass
class _Wanted:
    """What is looked for: stems, beginnings and phrases, each with the numbers of the parts of the query it answers."""

    words: dict[str, set[int]] = field(default_factory=dict)
    prefixes: list[tuple[str, Sequence[int]]] = field(default_factory=list)
    phrases: list[tuple[tuple[frozenset[str], ...], Sequence[int]]] = field(default_factory=list)

    def add(self, leaf: Word | Phrase, numbers: Sequence[int], languages: Sequence[str]) -> None:
        if isinstance(leaf, Phrase):
            self.phrases.append((tuple(frozenset(query_stems(word, languages)) for word in leaf.words), numbers))
            return
        found = query_stems(leaf.text, languages)
        if leaf.is_prefix:
            self.prefixes.append((leaf.text, numbers))
            found = prefix_stems(leaf.text, languages)
        for one in found:
            self.words.setdefault(one, set()).update(numbers)

    def parts_of(self, token: str, stemmed: str) -> frozenset[int]:
        """Return the parts that a word answers by itself."""
        parts = set(self.words.get(stemmed, ()))
        for prefix, numbers in self.prefixes:
            if token.startswith(prefix) or stemmed.startswith(prefix):
                parts.update(numbers)
        return frozenset(parts)

    def places_in_phrases(self, stemmed: str) -> tuple[tuple[int, int], ...]:
        """Return in which phrases, by number, and at which places in them a word can stand."""
        return tuple(
            (number, place)
            for number, (words, _parts) in enumerate(self.phrases)
            for place, stems in enumerate(words)
            if stemmed in stems
        )


class Marker:
    """Marks the words of a query in texts. `languages` are those of the search, the reader's first."""

    def __init__(self, query: Query, languages: Sequence[str]) -> None:
        leaves = list(_leaves(query, languages))
        self.size = len({number for _leaf, numbers, _languages in leaves for number in numbers})
        self._wanted = {is_title: _Wanted() for is_title in (False, True)}
        for is_title, wanted in self._wanted.items():
            for leaf, numbers, leaf_languages in leaves:
                if leaf.field not in _OTHER_FIELDS[is_title]:
                    wanted.add(leaf, numbers, leaf_languages)

    def matches(self, text: str, language: str, *, is_title: bool = False) -> bool:
        """Say whether there is anything to mark in a text of `language`."""
        return next(_hits(text, language, self._wanted[is_title]), None) is not None

    def parts_in(self, text: str, language: str, *, is_title: bool = False) -> int:
        """Return how many different parts of the query a text answers: the text with most is the one to show.

        Of what the thesaurus expanded each word is a part; what was added answers them all.
        """
        found: set[int] = set()
        for hit in _hits(text, language, self._wanted[is_title]):
            found.add(hit.part)
            if len(found) == self.size:
                break
        return len(found)

    def title(self, text: str, language: str) -> SafeString:
        """Return the whole text with marks: escaped, `<mark>` is the only element."""
        return _marked(text, list(_hits(text, language, self._wanted[True])), 0, len(text))

    def excerpt(self, text: str, language: str, *, length: int = LENGTH) -> SafeString:
        """Return the piece of `text`, about `length` characters, in which most of the query stands closest together.

        Cut at words, with ellipses where the text goes on; escaped, `<mark>` is the only element. Without anything to
        mark it is the beginning of the text.
        """
        hits = _near_hits(_hits(text, language, self._wanted[False]), self.size, length)
        window = _best_window(hits, length)
        start, end = _cut(text, window, length)
        marked = _marked(text, [hit for hit in hits if hit.start < end and hit.end > start], start, end)
        before = _BEFORE_TEXT if text[:start].strip() else ""
        after = _AFTER_TEXT if text[end:].strip() else ""
        return format_html("{}{}{}", before, marked, after)


_Leaf = tuple[Word | Phrase, Sequence[int], Sequence[str]]


def _leaves(query: Query, languages: Sequence[str]) -> Iterator[_Leaf]:
    """Yield each word and phrase with the numbers of the parts it answers and the languages of its stems."""
    number = 0
    for part in query.parts:
        match part:
            case Expanded():
                all_numbers = range(number, number + len(part.parts))
                yield from ((leaf, (one,), languages) for leaf, one in zip(part.parts, all_numbers, strict=True))
                yield from ((added.part, all_numbers, (added.language,)) for added in part.alternatives)
                number += len(part.parts)
            case Either():
                yield from ((leaf, (number,), languages) for leaf in part.parts)
                number += 1
            case _:
                yield part, (number,), languages
                number += 1


def _hits(text: str, language: str, wanted: _Wanted) -> Iterator[Hit]:
    """Yield the places of a text that answer something, by their end; found as they are asked for."""
    known: dict[str, tuple[frozenset[int], tuple[tuple[int, int], ...]]] = {}
    # Phrases begun: which one, the place of the word that must come now, where it began.
    begun: list[tuple[int, int, int]] = []
    for group in groups(text, tokens(text)):
        for token, start, end in group:
            answers = known.get(token)
            if answers is None:
                stemmed = stem(token, language)
                answers = known[token] = wanted.parts_of(token, stemmed), wanted.places_in_phrases(stemmed)
            parts, places = answers
            for part in parts:
                yield Hit(start, end, part)
            if places or begun:
                begun = _further(begun, places, start)
                for number, place, first in begun:
                    if place == len(wanted.phrases[number][0]):
                        yield from (Hit(first, end, part) for part in wanted.phrases[number][1])
        if len(group) > 1:
            yield from _hits_in_one(group, language, wanted)


def _further(
    begun: Sequence[tuple[int, int, int]], places: Sequence[tuple[int, int]], start: int
) -> list[tuple[int, int, int]]:
    """Return the phrases that go on with a word which can stand at `places`, and those that it begins."""
    further = [(number, place + 1, first) for number, place, first in begun if (number, place) in places]
    return further + [(number, 1, start) for number, place in places if place == 0]


def _hits_in_one(group: Sequence[Token], language: str, wanted: _Wanted) -> Iterator[Hit]:
    if whole := joined(group):
        for part in wanted.parts_of(whole, stem(whole, language)):
            yield Hit(group[0][1], group[-1][2], part)


def _near_hits(hits: Iterator[Hit], size: int, length: int) -> list[Hit]:
    """Return the hits up to the first place that has every part near enough, with those in reach behind it."""
    found: list[Hit] = []
    last: dict[int, Hit] = {}
    until: int | None = None
    for hit in hits:
        if len(found) >= _MOST_HITS or (until is not None and hit.start > until):
            break
        found.append(hit)
        last[hit.part] = hit
        if until is None and len(last) == size and hit.end - min(one.start for one in last.values()) <= length:
            until = hit.end + length
    return found


def _best_window(hits: Sequence[Hit], length: int) -> tuple[int, int] | None:
    """Return from where to where the most different parts stand closest together, the first such place."""
    ordered = sorted(hits, key=lambda hit: (hit.start, hit.end))
    best: tuple[int, int] | None = None
    best_worth = (0, 0)
    counts: dict[int, int] = {}
    left = 0
    for hit in ordered:
        counts[hit.part] = counts.get(hit.part, 0) + 1
        # What stands too far behind, and what a later place says again, is let go.
        while ordered[left] is not hit and (hit.end - ordered[left].start > length or counts[ordered[left].part] > 1):
            gone = ordered[left]
            counts[gone.part] -= 1
            counts = {part: count for part, count in counts.items() if count}
            left += 1
        start = ordered[left].start
        worth = (len(counts), start - hit.end)
        if best is None or worth > best_worth:
            best, best_worth = (start, hit.end), worth
    return best


def _cut(text: str, window: tuple[int, int] | None, length: int) -> tuple[int, int]:
    """Return from where to where `text` is shown: `window` and what stands around it, cut at words."""
    if len(text) <= length:
        return 0, len(text)
    first, last = window or (0, 0)
    room = max(0, length - (last - first))
    start = max(0, first - max(min(_BEFORE, room), room // 3))
    start = min(start, len(text) - length) if first >= len(text) - length else start
    if start:
        start = _next_word(text, start, first)
    end = min(len(text), start + length)
    if end < len(text):
        end = _end_of_word(text, max(start + 1, min(last, end)), end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _next_word(text: str, start: int, latest: int) -> int:
    """Return where the first whole word from `start` on begins; `latest` if there is none before."""
    if text[start - 1].isspace():
        return start
    for place in range(start, latest):
        if text[place].isspace():
            return place + 1
    return latest


def _end_of_word(text: str, earliest: int, end: int) -> int:
    """Return where the last whole word before `end` stops, not before `earliest`; `end` if no word stops there."""
    for place in range(end, earliest - 1, -1):
        if text[place].isspace():
            return place
    return end


def _marked(text: str, hits: Sequence[Hit], start: int, end: int) -> SafeString:
    """Return `text` from `start` to `end`, escaped, with the hits in `<mark>`; those that overlap become one."""
    spans: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        first, last = max(hit.start, start), min(hit.end, end)
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        elif first < last:
            spans.append((first, last))
    pieces: list[tuple[str | SafeString]] = []
    for first, last in spans:
        pieces += [(text[start:first],), (format_html("<mark>{}</mark>", text[first:last]),)]
        start = last
    pieces.append((text[start:end],))
    return format_html_join("", "{}", pieces)
