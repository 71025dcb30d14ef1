"""Reading documents: what each kind of page fetches with them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Prefetch

from platform_site.records.querysets import RecordQuerySet


class DocumentQuerySet(RecordQuerySet[Any]):
    """Library documents with their parts. Everything for readers starts at `visible_to`."""

    def for_list(self) -> models.QuerySet[Any]:
        """Return the documents with what a row of the list shows."""
        return self.for_rows().prefetch_related("terms")

    def for_rows(self) -> models.QuerySet[Any]:
        """Return the documents with what a row of the list shows but their terms, which `fetch_terms` gives them."""
        return self.prefetch_related("texts", "instruments", self._files())

    def for_page(self) -> models.QuerySet[Any]:
        """Return the documents with everything but what uses them."""
        return self.prefetch_related("texts", "terms", "instruments", "uses", self._files())

    def tools(self) -> models.QuerySet[Any]:
        """Return the documents that people fill in or work through, by name."""
        return self.exclude(tool="").order_by("name")

    def with_files(self) -> models.QuerySet[Any]:
        """Return the documents with their texts and files."""
        return self.prefetch_related("texts", "terms", self._files())

    @staticmethod
    def _files() -> Prefetch[str, models.QuerySet[Any], str]:
        from library.models import DocumentFile

        return Prefetch("files", queryset=DocumentFile.objects.select_related("stored"))
