"""A line of text as words in clauses, in the language that it is most likely written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from search.analysis import ALGORITHMS, is_stop_word, stem, tokens

# What comes behind is not read: a situation is a line, not a file.
LONGEST = 2000
# Another language than the one that is given is believed only by so many function words more.
_MARGIN = 2
_CLAUSE_ENDS = re.compile(r"[,;:!?()\[\]\n\r/|•·–—…]| - |\.(?=\s|$)")
_SENTENCE_ENDS = re.compile(r"[;!?\n\r]|\.(?=\s|$)")


@dataclass(frozen=True)
class Word:
    """A word: its folded form and stem, where it stands in the text, in which clause and sentence (numbers)."""

    folded: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int


@dataclass(frozen=True)
class Sentence:
    """What is read: the text, its language, its words. `kept` has what was found in them, by file and code of cues.

    It lives as long as the sentence is read: nothing of it stays in the memory of the process.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    kept: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _clauses(self) -> dict[int, range]:
        clauses: dict[int, range] = {}
        for place, word in enumerate(self.words):
            known = clauses.get(word.clause)
            clauses[word.clause] = range(known.start if known else place, place + 1)
        return clauses

    def clause_of(self, place: int) -> range:
        """Return the places of the words in the clause of the word at `place`."""
        return self._clauses[self.words[place].clause]

    def near(self, first: int, second: int) -> int:
        """Return how far two words of one sentence are from each other; a large number if they are in two."""
        if self.words[first].sentence != self.words[second].sentence:
            return len(self.words) + 1
        return abs(first - second)

    def split_before(self, places: frozenset[int]) -> Sentence:
        """Return the sentence with a new clause beginning at each of `places`."""
        words, added = [], 0
        for place, word in enumerate(self.words):
            added += place in places
            words.append(replace(word, clause=word.clause + added))
        return replace(self, words=tuple(words), kept={})


def language_of(folded: Sequence[str], given: str) -> str:
    """Return the language of the words: `given`, unless their function words clearly speak for another one."""
    counts = {language: sum(is_stop_word(word, (language,)) for word in folded) for language in ALGORITHMS}
    best = max(counts, key=lambda language: (counts[language], language == given))
    return best if given not in counts or counts[best] >= counts[given] + _MARGIN else given


def parse(text: str, given: str) -> Sentence:
    """Return `text` (its first 2,000 characters) as words; `given` is the language in which the reader reads."""
    text = text[:LONGEST]
    spans = list(tokens(text))
    language = language_of([folded for folded, _start, _end in spans], given)
    words: list[Word] = []
    clause = sentence = 0
    for folded, start, end in spans:
        if words:
            between = text[words[-1].end : start]
            # The point behind a number is that of a date: "am 3. Mai".
            dated = words[-1].folded.isdecimal() and between.strip() == "."
            clause += bool(_CLAUSE_ENDS.search(between)) and not dated
            sentence += bool(_SENTENCE_ENDS.search(between)) and not dated
        words.append(Word(folded, stem(folded, language), start, end, clause, sentence))
    return Sentence(text, language, tuple(words))
