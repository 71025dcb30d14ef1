"""What a person may have meant by a word that finds nothing. Knows no engine: terms and their numbers are handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz.distance import OSA

# A shorter word has too many neighbours.
SHORTEST_WORD = 4
# Up to so many letters one edit is allowed, above two.
_LONGEST_WITH_ONE_EDIT = 5
# Stands before and behind a word, so that its first and last letters count as such.
_EDGE = "$"


def may_be_corrected(word: str, *, protected: Collection[str] = ()) -> bool:
    """Say whether a folded word can be a mistake: codes and numbers, short words and `protected` ones never are."""
    return len(word) >= SHORTEST_WORD and word.isalpha() and word not in protected


def most_edits(word: str) -> int:
    """Return how many letters may be wrong, missing, too much or changed round in a word."""
    return 1 if len(word) <= _LONGEST_WITH_ONE_EDIT else 2


def grams(word: str) -> tuple[str, ...]:
    """Return the different pairs of letters of a folded word, its edges included ("$s", "sh", …, "r$").

    Words within `most_edits` share all but a few pairs: a table of them finds the candidates that are to be compared.
    """
    edged = f"{_EDGE}{word}{_EDGE}" if word else ""
    return tuple(dict.fromkeys(edged[place : place + 2] for place in range(len(edged) - 1)))


def fewest_shared_grams(word: str) -> int:
    """Return how many of a word's pairs a term within reach has at least: an edit spoils three of them at most."""
    return max(1, len(grams(word)) - 3 * most_edits(word))


def candidates(
    word: str, terms: Iterable[tuple[str, int]], *, most: int = 3, protected: Collection[str] = ()
) -> list[str]:
    """Return the terms that a folded word can be a slip of, at most `most`: nearest first, then the most frequent.

    `terms` are folded words, each with the number of documents that have it. A word that is a term itself has no
    candidates: it was written as meant.
    """
    if not may_be_corrected(word, protected=protected):
        return []
    limit = most_edits(word)
    found: list[tuple[int, int, str]] = []
    for term, count in terms:
        if term == word:
            return []
        if abs(len(term) - len(word)) > limit or not term.isalpha():
            continue
        edits = OSA.distance(word, term, score_cutoff=limit)
        if edits <= limit:
            found.append((edits, -count, term))
    return [term for _edits, _count, term in sorted(set(found))[:most]]
