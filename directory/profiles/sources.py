"""The sources of a page, numbered: a long title stands once in their list, not beside each of thirty values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory.profiles.reader import Fact


@dataclass(frozen=True)
class Source:
    """A source of values; `language` is "" where its title is in the reader's."""

    number: int
    title: str
    language: str
    href: str
    is_outside: bool


class SourceList:
    """Numbers sources in the order in which a page names them."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Source] = {}

    def numbered(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Return the values with the numbers of their sources."""
        return tuple(replace(fact, number=self._number(fact)) for fact in facts)

    def _number(self, fact: Fact) -> int:
        source = Source(len(self._found) + 1, fact.source, fact.source_language, fact.href, fact.is_outside)
        return self._found.setdefault((fact.source, fact.href), source).number

    def all(self) -> list[Source]:
        """Return the sources that were numbered."""
        return list(self._found.values())
