"""Reading concepts: named after the reader. Start at `visible_to`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from platform_site.records.querysets import RecordQuerySet


class ConceptQuerySet(RecordQuerySet[Any]):
    """Concepts with what their readers need."""

    def for_entry(self) -> QuerySet[Any]:
        """Return them with what the page of one shows of its own: labels, texts, relations."""
        return self.prefetch_related("labels", "texts", "relations")
