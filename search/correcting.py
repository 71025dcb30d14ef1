"""Did you mean: words that nothing has are replaced by like ones that many public documents have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from search.analysis import fold
from search.engines.terms import similar_words
from search.spelling import candidates, may_be_corrected
from search.thesaurus.selectors import named
from search.tree import Part, Query, Word


def corrected(query: Query, languages: Sequence[str], is_known: Callable[[Query], bool]) -> Query | None:
    """Return `query` with its unknown words replaced by the likeliest known ones; None if there is nothing to replace.

    Only words are touched: phrases, beginnings and alternatives stay. Words that find something (`is_known` says so of
    a query of one word, for the reader and in every form), words of the thesaurus and words with digits are right. What
    takes their place comes from public documents alone, so nobody learns of others.
    """
    parts: list[Part] = [_corrected(part, languages, is_known) for part in query.parts]
    return replace(query, parts=tuple(parts)) if tuple(parts) != query.parts else None


def _corrected(part: Part, languages: Sequence[str], is_known: Callable[[Query], bool]) -> Part:
    if not isinstance(part, Word) or part.is_prefix:
        return part
    word = fold(part.text)
    if not may_be_corrected(word) or named(word) or is_known(Query((part,))):
        return part
    better = candidates(word, similar_words(word, languages), most=1)
    return replace(part, text=better[0]) if better else part
