"""What helps where nothing was found: fewer words with what they find, and the ways to browse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.engines.base import EngineUnavailableError
from search.query import as_text
from search.searching import Results, search
from search.tree import Query

# Each costs a search of its own.
MOST_PARTS = 4


@dataclass(frozen=True)
class FewerWords:
    """A part of what was asked that finds something by itself."""

    words: str
    total: int


def ways_on(results: Results, user: Any) -> Sequence[FewerWords]:
    """Return the parts of an unanswered question that find something, those that find least first: they say most."""
    parts = results.query.parts
    if len(parts) < 2:
        return []
    found: list[FewerWords] = []
    for part in parts[:MOST_PARTS]:
        words = as_text(Query((part,)))
        try:
            total = search(replace(results.question, words=words, page=1, facets=(), size=1), user).total
        except EngineUnavailableError:
            return found
        if total:
            found.append(FewerWords(words, total))
    return sorted(found, key=lambda one: one.total)
