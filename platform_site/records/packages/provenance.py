"""Where a record is from: whether a package may speak of what the site has, and what a record says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platform_site.records.packages.reading import Reading

# Kept in `originals`: what the package that made the record calls itself, whatever the operator or an editor says of
# the record's source. So the same package is known again.
IMPORTED_FROM = "imported_from"


def is_foreign(record: Any, values: Mapping[str, Any], reading: Reading) -> bool:
    """Say whether `record` is from another source than what `values`, its row in the package, says.

    A row that states no source is from the source of the package.
    """
    own_name = reading.package.own_name
    if own_name and record.originals.get(IMPORTED_FROM) == own_name:
        return False
    return bool(record.source != (values.get("source") or reading.package.source))


def state_source(record: Any, values: Mapping[str, Any], reading: Reading, *, fresh: bool) -> None:
    """Let a new `record`, or one from elsewhere that is replaced, say that it is from the package.

    To be called before the row is applied: what `values` state themselves comes after it.
    """
    taken_over = not fresh and is_foreign(record, values, reading)
    if fresh or taken_over:
        record.source, record.source_url = reading.package.source, reading.package.source_url
        record.imported_on = reading.imported_on
    if reading.package.own_name and (fresh or taken_over or IMPORTED_FROM not in record.originals):
        record.originals = {**record.originals, IMPORTED_FROM: reading.package.own_name}
