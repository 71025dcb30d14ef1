"""Columns with the keys of other records: `practice:3;case:2`. What they name may stand later in the package."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from platform_site.records.models import RecordLink, links_in_order
from platform_site.records.packages.columns import Column
from platform_site.records.packages.reading import Cell, CellError
from platform_site.records.registry import record_for_key


class LinksColumn(Column):
    """The keys of the records that the rows `relation` (of the class `rows`) of a record name."""

    def __init__(self, name: str, rows: type[RecordLink], relation: str) -> None:
        super().__init__(name, extra=True)
        self.rows = rows
        self.relation = relation

    def parse(self, cell: Cell) -> list[str]:
        """Return the keys. Raises CellError for a kind of record that cannot be named here.

        Whether there is such a record is asked when the whole package is read.
        """
        keys = list(dict.fromkeys(cell.parts()))
        for key in keys:
            kind, _colon, public_id = key.partition(":")
            if kind not in self.rows.allowed() or not public_id:
                kinds = ", ".join(self.rows.allowed())
                raise CellError(f"Expected keys such as practice:3 (kinds: {kinds}), not {key!r}.")
            cell.reading.named_keys.append((kind, public_id, cell.place))
        return keys

    def apply(self, obj: Any, value: Any) -> None:
        """Name these records in this order, as far as they are there."""
        rows = []
        for number, key in enumerate(value):
            record = record_for_key(key)
            if record is not None:
                rows.append(self.rows(record_type=record.record_type, record_pk=record.pk, sort_order=number))
        setattr(obj, self.relation, rows)

    def write(self, obj: Any) -> str:
        """Return the keys of those records that are still there."""
        rows = links_in_order(getattr(obj, self.relation).all())
        return ";".join(key for row in rows if (key := row.record_key))

    def lacking(self, obj: Any, value: Any) -> list[str]:
        """Return the keys of a value that was read whose records `obj` does not name yet: they are not there."""
        named = self.write(obj).split(";")
        return [key for key in value if key not in named]

    def without(self, cell: str, absent: AbstractSet[str]) -> str:
        """Return the cell without the keys in `absent`."""
        keys = [key.strip() for key in cell.split(";")]
        return cell if not absent & set(keys) else ";".join(key for key in keys if key and key not in absent)
