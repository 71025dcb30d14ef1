"""Who uses a document as a tool: records of other apps, found through the registry of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from library.models import DocumentUse
from platform_site.records.registry import record_models


def users_of(uses: Iterable[DocumentUse], user: Any) -> dict[tuple[str, int], Any]:
    """Return the records that `uses` name and that `user` may read, by type and primary key; two queries per type."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for use in uses:
        wanted[use.record_type].add(use.record_pk)
    found: dict[tuple[str, int], Any] = {}
    for record_type, pks in wanted.items():
        model = record_models().get(record_type)
        if model is None:
            continue
        records = model.objects.visible_to(user).filter(pk__in=pks)
        if hasattr(model, "texts"):
            records = records.prefetch_related("texts")
        found.update({(record_type, record.pk): record for record in records})
    return found


def readable_users(uses: Iterable[DocumentUse], found: dict[tuple[str, int], Any]) -> list[tuple[str, Any]]:
    """Return, for the uses of one document, type and record of those that `users_of` found, in their order."""
    ordered = sorted(uses, key=lambda use: (use.sort_order, use.pk or 0))
    keys = [(use.record_type, use.record_pk) for use in ordered]
    return [(key[0], found[key]) for key in keys if key in found]
