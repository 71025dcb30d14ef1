"""Reading charts: what each kind of page fetches with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Prefetch

from platform_site.records.querysets import RecordQuerySet

# The prose of twenty charts is half a megabyte: a page fetches of each text only what it shows.
NAMED_TEXTS = ("record_id", "language", "is_original", "name")


class PracticeQuerySet(RecordQuerySet[Any]):
    """Charts with their parts. Everything for readers starts at `visible_to`."""

    def for_matrix(self, names: Iterable[str]) -> models.QuerySet[Any]:
        """Return the charts with the text fields `names`, for the matrix of a category."""
        return self._with_parts((*NAMED_TEXTS, *names))

    def for_page(self) -> models.QuerySet[Any]:
        """Return the charts with everything."""
        return self._with_parts()

    def _with_parts(self, text_names: Iterable[str] = ()) -> models.QuerySet[Any]:
        from practices.models import PracticeOrganisation, PracticeText

        texts = PracticeText.objects.only(*text_names) if text_names else PracticeText.objects.all()
        return self.prefetch_related(
            Prefetch("texts", queryset=texts),
            "terms",
            Prefetch("organisations", queryset=PracticeOrganisation.objects.select_related("organisation")),
            "funding",
        )
