"""Facets of documents, packed into one text for each entry, and counted in one pass over the matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_END = "\n"


def pack(facets: Mapping[str, Sequence[str]]) -> str:
    """Return the facets as lines `name=code`. Raises ValueError for a name or code that would not come out again."""
    lines = []
    for name in sorted(facets):
        for code in dict.fromkeys(facets[name]):
            if _END in code or _END in name or "=" in name:
                raise ValueError(f"{name!r} cannot be a facet with the code {code!r}.")
            lines.append(f"{name}={code}")
    return _END + "".join(f"{line}{_END}" for line in lines)


class Choice:
    """What a reader chose: OR within a facet, AND between them."""

    def __init__(self, filters: Mapping[str, frozenset[str]]) -> None:
        self._lines = {
            name: tuple(f"{_END}{name}={code}{_END}" for code in codes) for name, codes in filters.items() if codes
        }

    def __bool__(self) -> bool:
        return bool(self._lines)

    def refused_by(self, packed: str) -> list[str]:
        """Return the facets whose choice keeps an entry out; two of them are enough to know."""
        refused: list[str] = []
        for name, lines in self._lines.items():
            for line in lines:
                if line in packed:
                    break
            else:
                refused.append(name)
                if len(refused) > 1:
                    break
        return refused


def count(names: Iterable[str], chosen: Iterable[str], near: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """Return how many entries have each code, by facet.

    `chosen` are the packed facets of the entries in the result, `near` those that only the choice in one facet keeps
    out: a facet counts what there would be with another choice in it.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    counts = Counter("".join(chosen).split(_END))
    for name, packed in near.items():
        if name in found:
            begin = f"{name}="
            counts.update(line for line in "".join(packed).split(_END) if line.startswith(begin))
    for line, number in counts.items():
        name, separator, code = line.partition("=")
        if separator and name in found:
            found[name][code] = number
    return found
