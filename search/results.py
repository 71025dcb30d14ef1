"""What a search gives back, the same from each engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from search.tree import Query

BEST, NEWEST, OLDEST, TITLE = "best", "newest", "oldest", "title"
SORTS = (BEST, NEWEST, OLDEST, TITLE)


@dataclass(frozen=True)
class SearchRequest:
    """What an engine is asked. `rules` are those that the reader passes, `languages` the reader's first.

    `filters` maps facet names to chosen codes: OR within a facet, AND between them. `offset` and `limit` cut the
    results; `facets` names the facets to count, each without its own choice. Without a query everything matches.
    """

    query: Query
    languages: tuple[str, ...]
    rules: frozenset[str]
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: str = BEST
    offset: int = 0
    limit: int = 10
    facets: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """One match as an engine gives it: the key of the document and its score (higher is better)."""

    key: str
    type: str
    pk: int
    score: float


@dataclass(frozen=True)
class PassageFound:
    """A passage that matches: number, label and path as indexed, its text, its score."""

    number: int
    label: str
    path: str
    text: str
    language: str
    score: float


@dataclass(frozen=True)
class Answer:
    """What an engine answers: the exact total, the matches of the page asked for, counts by facet and code."""

    total: int
    found: Sequence[Found]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class StoredTexts:
    """What is shown of a document, as it was indexed: path, original language, texts by language and field."""

    key: str
    type: str
    pk: int
    path: str
    original: str
    date: date | None
    texts: Mapping[str, Mapping[str, str]]
