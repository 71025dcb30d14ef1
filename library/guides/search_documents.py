"""What the search finds of guides and their chapters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import partial

from django.db.models import Q
from wagtail.models import Page

from library.models import ChapterPage, GuidePage
from platform_site.pages.search_documents import first_pks, page_documents, page_pks
from search.building import day_of, published_day, years
from search.documents import SearchDocument

chapter_pks = page_pks(ChapterPage)


def guide_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the guides with these primary keys, from five queries at most."""
    return page_documents(
        GuidePage, "guide", pks, names=_names, day=_day, facets=lambda page: {"year": years(page.year)}
    )


def _names(page: GuidePage) -> tuple[str, ...]:
    return page.subtitle, page.authors, page.author_organisation


def _day(page: GuidePage) -> date | None:
    return day_of(page.year) or published_day(page)


def chapter_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the chapters with these primary keys, from six queries at most.

    A chapter whose guide is off the site in every language leads to the guide, which answers for both: it is left out.
    """
    guides = GuidePage.objects.written().order_by().values("translation_key")
    above = frozenset(Page.objects.filter(translation_key__in=guides).values_list("path", flat=True))
    return page_documents(
        ChapterPage, "chapter", pks, names=lambda page: [page.number], stands=partial(_has_guide, above)
    )


def _has_guide(above: Collection[str], page: ChapterPage) -> bool:
    return page.path[: -Page.steplen] in above


def chapters_of_guide(guide: GuidePage) -> list[int]:
    """Return, for `Source.follows`, the chapters of a guide, in whatever language."""
    below = Q(path__startswith=guide.path)
    for path in Page.objects.filter(translation_key=guide.translation_key).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return first_pks(ChapterPage.objects.filter(below))
