"""Reading pages: named after the reader, as for records."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from wagtail.models import PageManager, PageQuerySet


class SitePageQuerySet(PageQuerySet):
    """What every page type of the site can be asked."""

    def written(self) -> SitePageQuerySet:
        """Return the live pages that somebody wrote in the language of their tree: no stand-ins, no aliases."""
        return self.live().filter(alias_of=None, text_language=F("locale__language_code"))

    def visible_to(self, user: Any) -> SitePageQuerySet:
        """Return the written pages without restrictions; what is restricted is found by its address alone."""
        return self.written().public()


SitePageManager = PageManager.from_queryset(SitePageQuerySet)
