"""Models of what the platform tells."""

from newsletters.models.news import NewsListPage, NewsPage

__all__ = ["NewsListPage", "NewsPage"]
