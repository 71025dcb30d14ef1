"""The order of matches: by score, by day, by title; what of them is shown is looked up for these few alone."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from search.models.index import IndexEntry, IndexTitle
from search.results import OLDEST, TITLE, Found

# Numbers in one statement.
_ROWS = 500
# A row of a match as the database gives it, a plain tuple: there may be tens of thousands. Day and key only where the
# order asks for them.
ID, SCORE, BOOST, AGES_FROM, FACETS, DAY, KEY = range(7)
Row = tuple[Any, ...]


def best(rows: Sequence[Row], scores: Sequence[float], most: int) -> list[Found]:
    """Return the `most` matches with the highest scores; equal ones by date, newest first, then by key."""
    lowest = heapq.nlargest(most, scores)[-1]
    near = {row[ID]: score for row, score in zip(rows, scores, strict=True) if score >= lowest}
    entries = _details(list(near))
    order = sorted(entries, key=lambda number: (-near[number], -_number(entries[number].date), entries[number].key))
    return [_found(entries[number], near[number]) for number in order[:most]]


def in_order(rows: Sequence[Row], sort: str, languages: Sequence[str], most: int) -> list[Found]:
    """Return the first `most` matches in an order that a reader asked for."""
    key: Callable[[Row], Any]
    if sort == TITLE:
        titles = _titles([row[ID] for row in rows], languages)
        key = lambda row: (titles.get(row[ID], ""), row[KEY])  # noqa: E731  one of three
    elif sort == OLDEST:
        key = lambda row: (row[DAY] is None, row[DAY] or "", row[KEY])  # noqa: E731
    else:
        key = lambda row: (-_number(row[DAY]), row[KEY])  # noqa: E731
    first = heapq.nsmallest(most, rows, key=key)
    entries = _details([row[ID] for row in first])
    return [_found(entries[row[ID]], row[SCORE]) for row in first if row[ID] in entries]


def _details(numbers: Sequence[int]) -> dict[int, IndexEntry]:
    found: dict[int, IndexEntry] = {}
    for some in chunks(numbers):
        found.update(IndexEntry.objects.only("key", "type", "record_id", "date").in_bulk(some))
    return found


def _found(entry: IndexEntry, score: float) -> Found:
    return Found(entry.key, entry.type, entry.record_id, score)


def _number(day: date | str | None) -> int:
    """Return a day as a number that sorts like it, 0 for none."""
    return int(str(day).replace("-", "")) if day else 0


def _titles(numbers: Sequence[int], languages: Sequence[str]) -> dict[int, str]:
    """Return the titles to sort by: in the reader's language, else in the original's."""
    found: dict[int, tuple[bool, str]] = {}
    for some in chunks(numbers):
        rows = IndexTitle.objects.filter(entry_id__in=some).values_list("entry_id", "language", "is_original", "folded")
        for number, language, is_original, folded in rows:
            is_own = bool(languages) and language == languages[0]
            if is_own or (is_original and not found.get(number, (False, ""))[0]):
                found[number] = (is_own, folded)
    return {number: folded for number, (_is_own, folded) in found.items()}


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield as many of the items as one statement takes."""
    for start in range(0, len(items), _ROWS):
        yield items[start : start + _ROWS]
