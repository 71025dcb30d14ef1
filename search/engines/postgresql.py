"""The full-text tables on PostgreSQL: tsvectors and tsqueries that we write ourselves.

Their words are the stems of `search.analysis`; no parser or dictionary of the database sees them. The text of a tsquery
is only ever made from the tree, and each stem stands in quotation marks.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from django.db import connection

from search.documents import FIELDS
from search.engines.compiling import AnyOf, Leaf, Node, leaves
from search.engines.full_text import Columns, Statement, Stems, missing_tables
from search.models.index import ENTRIES_PER_BUILD
from search.ranking import FIELD_WEIGHTS

logger = logging.getLogger(__name__)

# Of any number that no other advisory lock of the site has.
_LOCK = 774_210_305
_LETTERS = dict(zip(FIELDS, "ABCD", strict=True))
# PostgreSQL's own limits: the last position that it tells from others, how many it keeps of a word, and the bytes of
# all words with their positions.
_LAST_POSITION = 16_383
_MOST_POSITIONS = 256
_MOST_BYTES = 1_048_575
# A word takes its letters, an alignment, and a count where it has positions of two bytes each.
_BYTES_BESIDE = 4


class PostgresqlFullText:
    """Tables `search_vector` and `search_passage_vector`."""

    name = "postgresql"

    def lock(self) -> None:
        """Wait for whoever writes the index, and keep others waiting until the transaction ends."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])

    def matches(self, node: Node, without: Node | None, build: int) -> Statement:
        """Return the SELECT of what matches."""
        rank, first = _written(node), build * ENTRIES_PER_BUILD
        match = rank if without is None else f"({rank}) & !({_written(without)})"
        return Statement(
            "SELECT entry_id AS id, ts_rank(%s::real[], vector, %s::tsquery) AS score FROM search_vector "
            "WHERE vector @@ %s::tsquery AND entry_id BETWEEN %s AND %s",
            [_weights(), rank, match, first, first + ENTRIES_PER_BUILD - 1],
        )

    def passages(self, node: Node, entries: Sequence[int], most: int) -> list[tuple[int, float]]:
        """Return the best passages."""
        found: list[tuple[int, float]] = []
        waiting = list(entries)
        everything = AnyOf(tuple(dict.fromkeys(leaves(node))))
        with connection.cursor() as cursor:
            for wanted in dict.fromkeys((node, everything)):
                cursor.execute(
                    "SELECT passage_id, score, entry_id FROM ("
                    "SELECT passage_id, entry_id, score,"
                    " row_number() OVER (PARTITION BY entry_id ORDER BY score DESC, passage_id) AS place FROM ("
                    "SELECT passage_id, entry_id, ts_rank(vector, %s::tsquery) AS score FROM search_passage_vector"
                    " WHERE entry_id = ANY(%s) AND vector @@ %s::tsquery) ranked) placed "
                    "WHERE place <= %s ORDER BY entry_id, place",
                    [_written(wanted), waiting, _written(wanted), most],
                )
                rows = cursor.fetchall()
                found.extend((passage, score) for passage, score, _entry in rows)
                met = {entry for _passage, _score, entry in rows}
                waiting = [entry for entry in waiting if entry not in met]
        return found

    def write(self, rows: Iterable[tuple[int, Columns]]) -> None:
        """Add entries."""
        values = [(number, vector(columns, name=str(number))) for number, columns in rows]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_vector (entry_id, vector) VALUES (%s, %s::tsvector)", values)

    def write_passages(self, rows: Iterable[tuple[int, int, Stems]]) -> None:
        """Add passages."""
        values = [(passage, entry, vector([[stems]], name=str(passage))) for passage, entry, stems in rows]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_passage_vector (passage_id, entry_id, vector) VALUES (%s, %s, %s::tsvector)", values
            )

    def delete(self, entries: Sequence[int]) -> None:
        """Delete entries and their passages."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_vector WHERE entry_id = ANY(%s)", [list(entries)])
            cursor.execute("DELETE FROM search_passage_vector WHERE entry_id = ANY(%s)", [list(entries)])

    def problem(self) -> str:
        """Return what is wrong."""
        return missing_tables(("search_vector", "search_passage_vector"))


def vector(columns: Columns, *, name: str, most_bytes: int = _MOST_BYTES) -> str:
    """Return the columns as the text of a tsvector; `name` is for the log.

    Too big a text loses the positions of its words (no phrase is found in it then), and one that is still too big its
    last words, in the order of first use. Its passages are found all the same.
    """
    found: dict[str, list[str]] = {}
    place = 0
    for number, column in enumerate(columns):
        letter = "ABCD"[number] if len(columns) > 1 else ""
        for text in column:
            # Texts do not follow each other: no phrase reaches from one into the next.
            place += 1
            for stem in text:
                place += 1
                places = found.setdefault(stem, [])
                if place <= _LAST_POSITION and len(places) < _MOST_POSITIONS:
                    places.append(f"{place}{letter}")
    if _size(found) > most_bytes:
        logger.warning("Entry %s of the search is too big for the positions of its words.", name)
        # One place keeps the weight of the best field that has the word.
        found = {stem: places[:1] for stem, places in found.items()}
    if (size := _size(found)) > most_bytes:
        logger.warning("Entry %s of the search is too big: its last words are left out.", name)
        for stem in reversed(list(found)):
            size -= _size({stem: found.pop(stem)})
            if size <= most_bytes:
                break
    return " ".join(f"'{stem}':{','.join(places)}" if places else f"'{stem}'" for stem, places in found.items())


def _size(found: dict[str, list[str]]) -> int:
    return sum(len(stem) + _BYTES_BESIDE + 2 * len(places) for stem, places in found.items())


def _weights() -> list[float]:
    # From D to A, at most 1.
    heaviest = max(FIELD_WEIGHTS.values())
    return [weight / heaviest for weight in reversed(list(FIELD_WEIGHTS.values()))]


def _written(node: Node) -> str:
    """Return a tree in the syntax of tsquery."""
    if isinstance(node, Leaf):
        sign = ("*" if node.is_prefix else "") + _LETTERS.get(node.field, "")
        behind = f":{sign}" if sign else ""
        return "(" + " <-> ".join(f"'{stem}'{behind}" for stem in node.stems) + ")"
    return "(" + (" | " if isinstance(node, AnyOf) else " & ").join(_written(one) for one in node.nodes) + ")"
