"""Reading pages: named after the reader, as for records."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction


class SitePageQuerySet(PageQuerySet):
    """What every page type of the site can be asked."""

    def written(self) -> SitePageQuerySet:
        """Return the live pages that somebody wrote in the language of their tree: no stand-ins, no aliases."""
        return self.live().filter(alias_of=None, text_language=F("locale__language_code"))

    def visible_to(self, user: Any) -> SitePageQuerySet:
        """Return the written pages without restrictions; what is restricted is found by its address alone."""
        return self.written().exclude(translation_key__in=restricted_keys())


def restricted_keys() -> set[Any]:
    """Return the groups of pages that lie under a restriction in any language."""
    under = Q()
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        under |= Q(path__startswith=path)
    return set(Page.objects.filter(under).values_list("translation_key", flat=True)) if under else set()


SitePageManager = PageManager.from_queryset(SitePageQuerySet)
