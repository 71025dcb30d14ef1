"""How good the search is: judged queries are asked, ranks and figures come out.

The judged file has a row for each query and item (`query_id,query,lang,class,key,grade,passage,filters`); grades go
from 0 (must not rank; must not appear where a filter or a negation says so) to 3 (what was looked for). Measures:
nDCG@10 with gain 2^grade - 1, recall@20 over grades 2 and 3, the share of queries without a result, the share of
passages that stand in the best page hit, and forbidden items that appear.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from django.utils import translation

from search.searching import Question, found_keys

CUT_NDCG, CUT_RECALL, RELEVANT = 10, 20, 2
# Classes whose items of grade 0 must not appear at all.
FORBIDDING = "negation and filters"
FIRST_RANK = frozenset({"exact title", "organisation name"})


@dataclass
class JudgedQuery:
    """One query with the grades of its items; `passages` maps an item to the words that its best page holds."""

    id: str
    words: str
    language: str
    kind: str
    filters: dict[str, frozenset[str]]
    grades: dict[str, int] = field(default_factory=dict)
    passages: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """What a query's answer is worth; None where a measure does not apply."""

    query: JudgedQuery
    keys: Sequence[str]
    ndcg: float | None
    recall: float | None
    is_empty: bool
    is_first: bool | None
    passages: Sequence[bool]
    forbidden: Sequence[str]


def read_judged(file: TextIO) -> list[JudgedQuery]:
    """Read a judged file. Raises ValueError, with the line, for a key judged twice, a wrong grade or a wrong filter."""
    queries: dict[str, JudgedQuery] = {}
    for number, row in enumerate(csv.DictReader(file), start=2):
        query = queries.setdefault(
            row["query_id"],
            JudgedQuery(row["query_id"], row["query"], row["lang"], row["class"], _filters(row, number)),
        )
        if row["key"] in query.grades:
            raise ValueError(f"Line {number}: {row['key']} is judged twice for {row['query_id']}.")
        if row["grade"] not in {"0", "1", "2", "3"}:
            raise ValueError(f"Line {number}: {row['grade']!r} is no grade from 0 to 3.")
        query.grades[row["key"]] = int(row["grade"])
        if row.get("passage"):
            query.passages[row["key"]] = row["passage"]
    return list(queries.values())


def _filters(row: Mapping[str, str], number: int) -> dict[str, frozenset[str]]:
    chosen: dict[str, frozenset[str]] = {}
    for part in filter(None, (row.get("filters") or "").split(";")):
        name, equals, value = part.partition("=")
        if not equals:
            raise ValueError(f"Line {number}: {part!r} is not written as field=value.")
        chosen[name] = chosen.get(name, frozenset()) | {value}
    return chosen


def ndcg(grades: Mapping[str, int], keys: Sequence[str]) -> float | None:
    """Return nDCG@10 of `keys` in their order; None for a query that has nothing relevant."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(key, 0) for key in keys]) / best if best else None


def _gain(values: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(list(values)[:CUT_NDCG]))


def recall(grades: Mapping[str, int], keys: Sequence[str]) -> float | None:
    """Return the share of the items of grade 2 and 3 among the first 20."""
    wanted = {key for key, grade in grades.items() if grade >= RELEVANT}
    return len(wanted & set(keys[:CUT_RECALL])) / len(wanted) if wanted else None


def judge(query: JudgedQuery, names: Mapping[str, str], *, types: Iterable[str], is_exact: bool = False) -> Judged:
    """Ask one query as the public and judge the answer; `names` maps the site's keys to those of the judged file.

    Only the `types` that were judged are asked for; a query's own filters go before.
    """
    chosen = {"type": frozenset(types), **query.filters}
    with translation.override(query.language):
        found = found_keys(Question(words=query.words, chosen=chosen, is_exact=is_exact, size=CUT_RECALL))
    keys = [names.get(key, key) for key, _passage in found]
    best = {names.get(key, key): passage for key, passage in found}
    wanted = [key for key, grade in query.grades.items() if grade == max(query.grades.values())]
    return Judged(
        query=query,
        keys=keys,
        ndcg=ndcg(query.grades, keys),
        recall=recall(query.grades, keys),
        is_empty=not keys,
        is_first=bool(keys) and keys[0] in wanted if query.kind in FIRST_RANK else None,
        passages=[_folded(words) in _folded(best.get(key, "")) for key, words in query.passages.items()],
        forbidden=[key for key in keys if query.kind == FORBIDDING and query.grades.get(key) == 0],
    )


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, float | int | None]]:
    """Return the figures of all queries (`all`) and of each class; means over queries."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups["all"].append(one)
        groups[one.query.kind].append(one)
    return {name: _figures(group) for name, group in groups.items()}


def _figures(group: Sequence[Judged]) -> dict[str, float | int | None]:
    return {
        "queries": len(group),
        "ndcg@10": _mean(one.ndcg for one in group),
        "recall@20": _mean(one.recall for one in group),
        "zero": _mean(float(one.is_empty) for one in group),
        "first": _mean(None if one.is_first is None else float(one.is_first) for one in group),
        "passage": _mean(float(hit) for one in group for hit in one.passages),
        "forbidden": sum(len(one.forbidden) for one in group),
    }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
