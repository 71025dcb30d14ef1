"""What other pages ask of the news."""

from __future__ import annotations

from django.http import HttpRequest

from newsletters.news import NewsLine, news_for


def latest_news(request: HttpRequest, limit: int) -> list[NewsLine]:
    """Return the newest news that the asker may read, in the active language."""
    return news_for(request)[:limit]
