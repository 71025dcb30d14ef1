"""What the search finds of the news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsletters.models import NewsPage
from platform_site.pages.search_documents import page_documents
from search.documents import SearchDocument


def news_documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    """Yield what is indexed of the news with these primary keys, from five queries at most."""
    return page_documents(
        NewsPage, "news", pks, day=lambda page: page.date, facets=lambda page: {"year": [str(page.date.year)]}
    )
