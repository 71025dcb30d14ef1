"""Comparing the rows that a package gives with those that a record has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from platform_site.records.packages.importer import Importer, Incoming, Parts
from platform_site.records.packages.report import FileCounts


@dataclass
class Difference:
    """What tells the rows of one file from those of the record; `gone` are the keys of those that are given no more."""

    counts: FileCounts = field(default_factory=FileCounts)
    gone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.counts.created or self.counts.changed or self.counts.removed)

    def __str__(self) -> str:
        told = [f"{n} {name}" for name in ("created", "changed", "removed") if (n := getattr(self.counts, name))]
        return ", ".join(told) + (f" ({'; '.join(self.gone)})" if self.gone else "")


def compare(importer: Importer, incoming: Incoming, current: Parts) -> dict[str, Difference]:
    """Return, by file, how many of the given rows are new, different or the same, and which are given no more.

    A row that stands elsewhere among the others counts as different: the order of lists is content.
    """
    return {
        file: _compare_rows(importer, file, [row.values for row in rows], current.get(file, []))
        for file, rows in incoming.parts.items()
    }


def _compare_rows(
    importer: Importer, file: str, given: list[dict[str, Any]], current: list[dict[str, Any]]
) -> Difference:
    counts = FileCounts()
    theirs, ours = _numbered(importer, file, given), _numbered(importer, file, current)
    counts.created = sum(key not in ours for key in theirs)
    gone = [key for key in ours if key not in theirs]
    counts.removed = len(gone)
    order = [key for key in theirs if key in ours], [key for key in ours if key in theirs]
    in_place = {
        key
        for block in SequenceMatcher(None, *order, autojunk=False).get_matching_blocks()
        for key in order[0][block.a : block.a + block.size]
    }
    for key in order[0]:
        if key in in_place and importer.same(file, theirs[key], ours[key]):
            counts.same += 1
        else:
            counts.changed += 1
    return Difference(counts, [_as_words(key) for key, _occurrence in gone])


def _as_words(key: Any) -> str:
    """Return the key of a row for a person."""
    parts = key if isinstance(key, tuple) else (key,)
    return ", ".join(str(part) for part in parts if part)


def _numbered(importer: Importer, file: str, rows: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """Return rows by key and occurrence, in order."""
    seen: dict[Any, int] = defaultdict(int)
    found = {}
    for row in rows:
        key = importer.row_key(file, row)
        found[(key, seen[key])] = row
        seen[key] += 1
    return found
