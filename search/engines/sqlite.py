"""The full-text tables on SQLite: FTS5 over stems.

The text of a MATCH is only ever made from the tree, and each stem stands in quotation marks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from search.engines.compiling import AnyOf, Leaf, Node, leaves
from search.engines.full_text import Columns, Statement, Stems, missing_tables
from search.models.index import ENTRIES_PER_BUILD, PASSAGES_PER_ENTRY
from search.ranking import FIELD_WEIGHTS

# Between two texts in a column: a token that no query can have, so that no phrase reaches from one into the other.
BETWEEN = " § "
# Deletes name their rows; SQLite takes a few hundred in a statement on every machine.
_ROWS = 500


class SqliteFullText:
    """Tables `search_fts` and `search_passage_fts`."""

    name = "sqlite"

    def lock(self) -> None:
        """Do nothing: a transaction that writes has the whole database from its beginning (see `settings.env`)."""

    def matches(self, node: Node, without: Node | None, build: int) -> Statement:
        """Return the SELECT of what matches."""
        match = _written(node) if without is None else f"({_written(node)}) NOT ({_written(without)})"
        weights = ", ".join(str(weight) for weight in FIELD_WEIGHTS.values())
        first = build * ENTRIES_PER_BUILD
        return Statement(
            f"SELECT rowid AS id, -bm25(search_fts, {weights}) AS score FROM search_fts "  # noqa: S608  numbers of ours
            "WHERE search_fts MATCH %s AND rowid BETWEEN %s AND %s",
            [match, first, first + ENTRIES_PER_BUILD - 1],
        )

    def passages(self, node: Node, entries: Sequence[int], most: int) -> list[tuple[int, float]]:
        """Return the best passages; one query for each entry, since only one range of numbers narrows a MATCH."""
        found: list[tuple[int, float]] = []
        everything = AnyOf(tuple(dict.fromkeys(leaves(node))))
        with connection.cursor() as cursor:
            for entry in entries:
                first = entry * PASSAGES_PER_ENTRY
                for wanted in dict.fromkeys((node, everything)):
                    cursor.execute(
                        "SELECT rowid, -bm25(search_passage_fts) AS score FROM search_passage_fts "
                        "WHERE search_passage_fts MATCH %s AND rowid BETWEEN %s AND %s "
                        "ORDER BY score DESC, rowid LIMIT %s",
                        [_written(wanted), first, first + PASSAGES_PER_ENTRY - 1, most],
                    )
                    rows = cursor.fetchall()
                    if rows:
                        found.extend(rows)
                        break
        return found

    def write(self, rows: Iterable[tuple[int, Columns]]) -> None:
        """Add entries."""
        values: list[Any] = [
            (number, *(BETWEEN.join(" ".join(text) for text in column) for column in columns))
            for number, columns in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fts (rowid, title, names, summary, body) VALUES (%s, %s, %s, %s, %s)", values
            )

    def write_passages(self, rows: Iterable[tuple[int, int, Stems]]) -> None:
        """Add passages."""
        values = [(passage, " ".join(stems)) for passage, _entry, stems in rows]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_passage_fts (rowid, text) VALUES (%s, %s)", values)

    def delete(self, entries: Sequence[int]) -> None:
        """Delete entries and their passages."""
        with connection.cursor() as cursor:
            for some in _chunks(entries):
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(f"DELETE FROM search_fts WHERE rowid IN ({marks})", some)  # noqa: S608
            for entry in entries:
                first = entry * PASSAGES_PER_ENTRY
                cursor.execute(
                    "DELETE FROM search_passage_fts WHERE rowid BETWEEN %s AND %s",
                    [first, first + PASSAGES_PER_ENTRY - 1],
                )

    def problem(self) -> str:
        """Return what is wrong."""
        return missing_fts5() or missing_tables(("search_fts", "search_passage_fts"))


def missing_fts5() -> str:
    """Return why this Python's SQLite cannot search text, "" if it can."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(text, tokenize='ascii')")
    except sqlite3.OperationalError as error:
        return f"SQLite {sqlite3.sqlite_version} has no module FTS5: {error}"
    finally:
        probe.close()
    return ""


def _written(node: Node) -> str:
    """Return a tree in the syntax of FTS5."""
    if isinstance(node, Leaf):
        text = '"' + " ".join(node.stems) + '"' + (" *" if node.is_prefix else "")
        return f"{node.field} : {text}" if node.field else text
    return (" OR " if isinstance(node, AnyOf) else " AND ").join(f"({_written(one)})" for one in node.nodes)


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _ROWS):
        yield numbers[start : start + _ROWS]
