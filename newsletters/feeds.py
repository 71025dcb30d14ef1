"""The feed of the news."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from newsletters.news import NewsLine
from newsletters.selectors import latest_news
from platform_site.texts.formatted import plain

LONGEST = 20


class NewsFeed(Feed):
    """The newest news in the active language, as Atom."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the feed; it is made for its asker, so nobody else's cache keeps it."""
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[NewsLine]:
        """Return the news that the asker may read."""
        return latest_news(request, LONGEST)

    def title(self, obj: list[NewsLine]) -> str:
        """Return what the feed is called."""
        return _("%(platform)s: news") % {"platform": settings.PLATFORM_NAME}

    def subtitle(self, obj: list[NewsLine]) -> str:
        """Return what the platform says of itself."""
        return str(settings.PLATFORM_TAGLINE)

    def link(self, obj: list[NewsLine]) -> str:
        """Return the address of the list."""
        return reverse("wagtail_serve", args=["news/"])

    def items(self, obj: list[NewsLine]) -> list[NewsLine]:
        """Return the news."""
        return obj

    def item_title(self, item: Any) -> str:
        """Return the title as text."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Return the teaser as text without marks."""
        return plain(item.teaser)

    def item_link(self, item: NewsLine) -> str:
        """Return where the news is read."""
        return item.href

    def item_pubdate(self, item: NewsLine) -> dt.datetime:
        """Return the day of the news as a moment: noon, so that no time zone makes it another day."""
        return make_aware(dt.datetime.combine(item.date, dt.time(12)))
