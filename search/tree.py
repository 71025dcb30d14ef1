"""A query as a small tree. Engines compile it; no engine ever gets what a person typed as its own syntax."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One word as typed, folded; `is_prefix` for `word*`; `field` for an editor's shortcut (`title:word`) or ""."""

    text: str
    is_prefix: bool = False
    field: str = ""


@dataclass(frozen=True)
class Phrase:
    """Words that must stand behind each other."""

    words: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True)
class Not:
    """What must not occur."""

    part: Word | Phrase


@dataclass(frozen=True)
class Either:
    """Alternatives of which one must occur, from `OR`."""

    parts: tuple[Word | Phrase, ...]


@dataclass(frozen=True)
class Alternative:
    """What stands for a part of the query too: words or a phrase of `language`, counting `weight` (0 to 1)."""

    part: Word | Phrase
    language: str
    weight: float


@dataclass(frozen=True)
class Expanded:
    """A part of the query that names a concept, with the other words for it. `concept` is its code."""

    parts: tuple[Word | Phrase, ...]
    alternatives: tuple[Alternative, ...]
    concept: str


Part = Word | Phrase | Either | Expanded


@dataclass(frozen=True)
class Query:
    """All of `parts` must match (any of them, if `is_relaxed`) and none of `without`; empty if nothing is asked."""

    parts: tuple[Part, ...] = ()
    without: tuple[Not, ...] = ()
    is_relaxed: bool = False
    # What of the text was left out, as codes of sentences: "too_long", "too_many_words".
    notices: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)
