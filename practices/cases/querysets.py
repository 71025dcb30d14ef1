"""Reading case studies: what each kind of page fetches with them."""

from __future__ import annotations

from typing import Any

from django.db import models

from platform_site.records.querysets import RecordQuerySet


class CaseQuerySet(RecordQuerySet[Any]):
    """Case studies with their parts. Everything for readers starts at `visible_to`."""

    def for_page(self) -> models.QuerySet[Any]:
        """Return the case studies with everything."""
        return self.select_related("organisation").prefetch_related("texts", "terms", "themes", "steps")
