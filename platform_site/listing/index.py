"""The index of a list: sets of records as integers, one bit for each record.

"The same service must be a shelter, take minors and speak Romanian" is a question to rows. The rows of a record are
laid out in layers (layer j holds the j-th row of every record), so that a condition on rows is an AND within a layer
and a record fits if it fits in any layer. With that all counts of all facets come from a few thousand operations on
integers, and no state of the filters costs a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from platform_site.listing.facets import Facet

# Answers kept of which values occur: facets times kinds of readers.
MOST_OCCURRING = 1000
Values = Mapping[str, frozenset[str]]
Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class IndexedRow:
    """One row of a record: facet name to expanded values. `closed` rows say "no" wherever they say nothing."""

    values: Values
    closed: bool = False


@dataclass(frozen=True)
class IndexedRecord:
    """A record as the index sees it: primary key, values of its own, its rows, and a value for each sort."""

    pk: int
    values: Values
    rows: Sequence[IndexedRow] = ()
    sort: Mapping[str, Any] = field(default_factory=dict)


class _Bits:
    """For one layer or for the records themselves: which bits have which value, and which have any."""

    def __init__(self) -> None:
        self.present = 0
        self.values: dict[str, dict[str, int]] = {}
        self.stated: dict[str, int] = {}

    def copied(self) -> _Bits:
        """Return a copy that can be changed while others read this one."""
        other = _Bits()
        other.present = self.present
        other.values = {name: dict(of_facet) for name, of_facet in self.values.items()}
        other.stated = dict(self.stated)
        return other

    def flip(self, position: int, values: Values, names: Iterable[str], *, closed: bool) -> None:
        """Put a record at `position` in, or take the same one out again: each of its bits changes sides."""
        bit = 1 << position
        self.present ^= bit
        for name in names:
            found = values.get(name, frozenset())
            if found or closed:
                self.stated[name] = self.stated.get(name, 0) ^ bit
            of_facet = self.values.setdefault(name, {})
            for value in found:
                of_facet[value] = of_facet.get(value, 0) ^ bit

    def any_of(self, name: str, chosen: Iterable[str]) -> int:
        of_facet = self.values.get(name, {})
        mask = 0
        for value in chosen:
            mask |= of_facet.get(value, 0)
        return mask


@dataclass(frozen=True)
class Outcome:
    """What a choice leads to, as sets of bits: records that fit, and those that do not say whether they do."""

    matches: int
    not_stated: int


class FacetIndex:
    """All published records of a list; bit i stands for the record at position i. Never changed once it is made."""

    def __init__(self, facets: Sequence[Facet], records: Iterable[IndexedRecord] = ()) -> None:
        self.facets = {facet.name: facet for facet in facets}
        self._row_names = [facet.name for facet in facets if facet.scope == "row"]
        self._record_names = [facet.name for facet in facets if facet.scope == "record"]
        self._records: list[IndexedRecord | None] = []
        self._positions: dict[int, int] = {}
        self._own = _Bits()
        self._layers: list[_Bits] = []
        for record in records:
            self._put(record)
        self._orders = self._sorted()
        # What each kind of reader may see has few states: the answers are kept.
        self._occurring: dict[tuple[str, int], frozenset[str]] = {}

    def with_changes(self, changes: Mapping[int, IndexedRecord | None]) -> FacetIndex:
        """Return the index after `changes`: primary key to the record as it is now, None where it is gone.

        Costs by the number of changes, not of records, but for the orders.
        """
        other = FacetIndex(list(self.facets.values()))
        other._records = list(self._records)
        other._positions = dict(self._positions)
        other._own = self._own.copied()
        other._layers = [layer.copied() for layer in self._layers]
        for pk, record in changes.items():
            if pk in other._positions:
                other._take_out(pk)
            if record is not None:
                other._put(record)
        other._orders = other._sorted()
        return other

    def _put(self, record: IndexedRecord) -> None:
        self._positions[record.pk] = len(self._records)
        self._records.append(record)
        self._flip(record)

    def _take_out(self, pk: int) -> None:
        position = self._positions[pk]
        record = self._records[position]
        if record is not None:
            self._flip(record)
        del self._positions[pk]
        self._records[position] = None

    def _flip(self, record: IndexedRecord) -> None:
        position = self._positions[record.pk]
        self._own.flip(position, record.values, self._record_names, closed=False)
        for number, row in enumerate(record.rows):
            if number == len(self._layers):
                self._layers.append(_Bits())
            self._layers[number].flip(position, row.values, self._row_names, closed=row.closed)

    def _sorted(self) -> dict[str, list[int]]:
        there = [(position, record) for position, record in enumerate(self._records) if record is not None]
        names = there[0][1].sort if there else ()
        orders = {}
        for name in names:
            # The primary key decides between equals, so that every process gives the same pages.
            keys = sorted((record.sort[name], record.pk, position) for position, record in there)
            orders[name] = [position for _value, _pk, position in keys]
        return orders

    @property
    def is_sparse(self) -> bool:
        """Say whether more than half of the positions are empty, after many changes."""
        return len(self._records) > 2 * len(self._positions) + 64

    def mask_of(self, pks: Iterable[int]) -> int:
        """Return the set of the records with these primary keys; keys that the index does not have are left out."""
        positions = self._positions
        # A byte string is filled in one pass: adding bits to an integer would copy it for each record.
        filled = bytearray(len(self._records) // 8 + 1)
        for pk in pks:
            position = positions.get(pk)
            if position is not None:
                filled[position >> 3] |= 1 << (position & 7)
        return int.from_bytes(filled, "little")

    def evaluate(self, chosen: Chosen, visible: int) -> Outcome:
        """Return which of the `visible` records fit `chosen` (facet name to values, OR within, AND between)."""
        matches, not_stated = self._evaluate(chosen, visible)
        return Outcome(matches, not_stated)

    def counts(self, chosen: Chosen, visible: int) -> dict[str, dict[str, int]]:
        """Return, for each facet and value, how many visible records fit if that value alone were chosen there.

        A facet's counts ignore its own choice; conditions on rows hold for the same row.
        """
        result: dict[str, dict[str, int]] = {}
        for name in self._record_names:
            base, _open = self._evaluate({key: value for key, value in chosen.items() if key != name}, visible)
            result[name] = {value: (base & mask).bit_count() for value, mask in self._own.values.get(name, {}).items()}
        records = self._record_mask(chosen, visible)
        for name in self._row_names:
            others = {key: value for key, value in chosen.items() if key != name}
            found: dict[str, int] = {}
            for layer in self._layers:
                partial = self._row_mask(layer, others) & records
                if not partial:
                    continue
                for value, mask in layer.values.get(name, {}).items():
                    found[value] = found.get(value, 0) | (partial & mask)
            result[name] = {value: mask.bit_count() for value, mask in found.items()}
        return result

    def in_order(self, mask: int, order: str) -> list[int]:
        """Return the primary keys of the records in `mask`, in the order named `order` (any, if nothing has it)."""
        flags = mask.to_bytes(len(self._records) // 8 + 1, "little")
        positions = self._orders.get(order) or range(len(self._records))
        records = self._records
        return [
            record.pk
            for position in positions
            if flags[position >> 3] >> (position & 7) & 1 and (record := records[position]) is not None
        ]

    def sort_value(self, pk: int, order: str) -> Any:
        """Return the value by which the record `pk` stands in the order named `order`. Raises KeyError without one."""
        record = self._records[self._positions[pk]]
        if record is None:
            raise KeyError(pk)
        return record.sort[order]

    def occurring(self, name: str, visible: int) -> frozenset[str]:
        """Return the values of facet `name` that any of the `visible` records has, whatever is chosen."""
        known = self._occurring.get((name, visible))
        if known is None:
            sets = [self._own, *self._layers]
            known = frozenset(
                value for bits in sets for value, mask in bits.values.get(name, {}).items() if mask & visible
            )
            if len(self._occurring) >= MOST_OCCURRING:
                self._occurring.clear()
            self._occurring[name, visible] = known
        return known

    def mask_with(self, name: str, values: Iterable[str]) -> int:
        """Return the records whose own facet `name` has one of `values`."""
        return self._own.any_of(name, values)

    def _record_mask(self, chosen: Chosen, visible: int) -> int:
        mask = visible & self._own.present
        for name in self._record_names:
            if chosen.get(name):
                mask &= self._own.any_of(name, chosen[name])
        return mask

    def _row_mask(self, layer: _Bits, chosen: Chosen) -> int:
        mask = layer.present
        for name in self._row_names:
            if chosen.get(name):
                mask &= layer.any_of(name, chosen[name])
        return mask

    def _evaluate(self, chosen: Chosen, visible: int) -> tuple[int, int]:
        records = self._record_mask(chosen, visible)
        rows = [name for name in self._row_names if chosen.get(name)]
        if not rows:
            return records, 0
        exact = possible = 0
        for layer in self._layers:
            exact |= self._row_mask(layer, chosen)
            mask = layer.present
            for name in rows:
                fits = layer.any_of(name, chosen[name])
                if self.facets[name].absent == "not_stated":
                    fits |= layer.present & ~layer.stated.get(name, 0)
                mask &= fits
            possible |= mask
        return records & exact, records & possible & ~exact


def row_fit(facets: Iterable[Facet], row: IndexedRow, chosen: Chosen) -> str:
    """Return how one row answers the chosen row facets: "stated", "not_stated" or "no"."""
    answer = "stated"
    for facet in facets:
        wanted = chosen.get(facet.name)
        if facet.scope != "row" or not wanted:
            continue
        held = row.values.get(facet.name, frozenset())
        if held & wanted:
            continue
        if held or row.closed or facet.absent == "no":
            return "no"
        answer = "not_stated"
    return answer
