"""The cue words of five languages (`words/*.csv`) and how they are found: any order, a few words apart, inflected.

A cue is one or several words that have to stand near each other in one part of the sentence. A word of a cue fits by
its stem, with `*` by its beginning or its end, with `=` only as it is written. A cue that begins with `?` counts only
where something is asked for.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.situation.sentence import Sentence, Word
from search.analysis import ALGORITHMS, fold, stem

WORDS = Path(__file__).parent / "words"
LANGUAGES = tuple(ALGORITHMS)
# The words of a cue stand at most so many places from its first one.
FARTHEST = 6


@dataclass(frozen=True)
class Cue:
    """A cue of `code`: the patterns of its words; with `asks` only where something is asked for."""

    code: str
    patterns: tuple[str, ...]
    asks: bool = False


@dataclass(frozen=True)
class Hit:
    """A cue that was found: its code and the places of its words in the sentence."""

    code: str
    places: frozenset[int]
    asks: bool = False

    @property
    def first(self) -> int:
        """The place of the first word."""
        return min(self.places)


def pattern_of(written: str, language: str, *, whole: bool = False) -> str:
    """Return the pattern of one written word: `stem:…`, `word:…`, `begins:…` or `ends:…`; "" for no word.

    With `whole` a word without a star is compared as it stands: function words have no stem worth the name.
    """
    folded = fold(written).replace(" ", "")
    if not folded:
        return ""
    if written.endswith("*"):
        return f"begins:{folded}"
    if written.startswith("*"):
        return f"ends:{folded}"
    return f"word:{folded}" if whole or written.startswith("=") else f"stem:{stem(folded, language)}"


def patterns_met(word: Word) -> Iterator[str]:
    """Yield every pattern that a word of a sentence meets."""
    folded = word.folded
    yield f"word:{folded}"
    yield f"stem:{word.stem}"
    for length in range(2, len(folded) + 1):
        yield f"begins:{folded[:length]}"
        yield f"ends:{folded[-length:]}"


class Cues:
    """Cues of one language, found in a sentence."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._by_first: dict[str, list[Cue]] = defaultdict(list)
        self._known: set[str] = set()
        for cue in cues:
            self._by_first[cue.patterns[0]].append(cue)
            self._known.update(cue.patterns)

    def hits(self, words: Sequence[Word]) -> list[Hit]:
        """Return what is found, by place; a cue that stands within a longer one of another code is left out."""
        met = [self._known.intersection(patterns_met(word)) for word in words]
        found: dict[tuple[str, frozenset[int]], Hit] = {}
        for place, patterns in enumerate(met):
            for pattern in patterns:
                for cue in self._by_first.get(pattern, ()):
                    places = self._around(cue, place, words, met)
                    if places:
                        known = found.get((cue.code, places))
                        asks = cue.asks and (known is None or known.asks)
                        found[cue.code, places] = Hit(cue.code, places, asks)
        hits = list(found.values())
        return sorted(
            (hit for hit in hits if not any(hit.places < other.places for other in hits)),
            key=lambda hit: (hit.first, -len(hit.places), hit.code),
        )

    def places(self, words: Sequence[Word]) -> frozenset[int]:
        """Return the places of all words that belong to a cue."""
        return frozenset(place for hit in self.hits(words) for place in hit.places)

    def _around(self, cue: Cue, place: int, words: Sequence[Word], met: list[set[str]]) -> frozenset[int]:
        taken = {place}
        for pattern in cue.patterns[1:]:
            for distance in range(1, FARTHEST + 1):
                near = [
                    other
                    for other in (place + distance, place - distance)
                    if 0 <= other < len(words)
                    and other not in taken
                    and words[other].clause == words[place].clause
                    and pattern in met[other]
                ]
                if near:
                    taken.add(near[0])
                    break
            else:
                return frozenset()
        return frozenset(taken)


def cue_of(code: str, written: str, language: str, *, whole: bool = False) -> Cue | None:
    """Return the cue that is written so in a file, None for an empty one."""
    asks = written.startswith("?")
    parts = written.removeprefix("?").split()
    patterns = tuple(filter(None, (pattern_of(part, language, whole=whole) for part in parts)))
    return Cue(code, patterns, asks) if patterns else None


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    """Return the lines of a file of words, read once in a process."""
    with (WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def cues(name: str, language: str, code: str = "", *, whole: bool = False) -> Cues:
    """Return the cues of a file in a language, of one code or of all."""
    found = (
        cue_of(row["code"], written, language, whole=whole)
        for row in rows_of(name)
        if row["lang"] == language and code in ("", row["code"])
        for written in row["words"].split(";")
    )
    return Cues(cue for cue in found if cue is not None)


def marked(sentence: Sentence, code: str, name: str = "grammar") -> frozenset[int]:
    """Return the places of the words of one code: of the words that hold a sentence together, or of another file."""
    key = (name, code)
    if key not in sentence.kept:
        sentence.kept[key] = cues(name, sentence.language, code, whole=True).places(sentence.words)
    return sentence.kept[key]
