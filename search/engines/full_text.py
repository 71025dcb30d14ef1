"""What the embedded engine needs of a database: full-text tables to write, and trees of stems to match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from search.engines.compiling import Node

# The stems of a text in order, and of several texts (languages, passages) that no phrase may bridge.
Stems = Sequence[str]
# For each of `documents.FIELDS` the texts in it.
Columns = Sequence[Sequence[Stems]]


@dataclass(frozen=True)
class Statement:
    """A SELECT with its parameters."""

    sql: str
    params: Sequence[Any]


class FullText(Protocol):
    """Numbers are those of entries; of passages they lie in the range of their entry (see `models.index`)."""

    name: str

    def lock(self) -> None:
        """Let no other process write the index until the transaction ends."""
        ...

    def matches(self, node: Node, without: Node | None, build: int) -> Statement:
        """Return the SELECT of `id` and `score` (above 0) of all entries of a build that match."""
        ...

    def passages(self, node: Node, entries: Sequence[int], most: int) -> list[tuple[int, float]]:
        """Return number and score of the best `most` passages of each entry, best first within an entry."""
        ...

    def write(self, rows: Iterable[tuple[int, Columns]]) -> None:
        """Add entries that have no row."""
        ...

    def write_passages(self, rows: Iterable[tuple[int, int, Stems]]) -> None:
        """Add passages (passage, entry, stems) that have no row."""
        ...

    def delete(self, entries: Sequence[int]) -> None:
        """Delete entries and their passages; those that have no row are no error."""
        ...

    def problem(self) -> str:
        """Return what is wrong with the tables or the database, in words for an operator; "" if nothing is."""
        ...


def missing_tables(names: Iterable[str]) -> str:
    """Return which of these tables the database lacks, in words; "" if none. Asked for: a query would fail."""
    missing = set(names) - set(connection.introspection.table_names())
    return f"There is no table {', '.join(sorted(missing))}: run migrate." if missing else ""
