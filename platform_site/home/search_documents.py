"""What the search finds of plain pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from platform_site.home.models import PlainPage
from platform_site.pages.search_documents import page_documents
from search.building import codes_of, published_day
from search.documents import SearchDocument


def plain_page_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the plain pages with these primary keys, from five queries at most."""
    return page_documents(PlainPage, "page", pks, day=_day, facets=_facets)


def _day(page: PlainPage) -> date | None:
    return page.adopted_on or published_day(page)


def _facets(page: PlainPage) -> Mapping[str, Sequence[str]]:
    """Return the category of which a page is the overview, and the year in which a text was adopted."""
    return {
        "category": codes_of("practice_categories", [page.category] if page.category else []),
        "year": [str(page.adopted_on.year)] if page.adopted_on else [],
    }
