"""What the news register with the lower layers when they are ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search source and the place in the navigation."""
    from newsletters.models import NewsListPage, NewsPage
    from platform_site.ui import navigation
    from search import registration

    registration.register(
        registration.Source("news", NewsPage, _("News"), names=("title",), texts=("intro", "body_text"))
    )
    registration.opt_out(NewsListPage, reason="It leads to the news, which are found themselves.")
    navigation.register("news", _("News"), "wagtail_serve", order=70, args=("news/",))
