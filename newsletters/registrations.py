"""What the news register with the lower layers when they are ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register the search source and the place in the navigation."""
    from newsletters.models import NewsListPage, NewsPage
    from newsletters.search_documents import news_documents
    from platform_site.pages.search_documents import first_of_group, page_pks, readable_pages
    from platform_site.ui import navigation
    from search import registration

    registration.register(
        registration.Source(
            record_type="news",
            model=NewsPage,
            label=_("News"),
            names=("title",),
            texts=("intro", "body_text"),
            published=page_pks(NewsPage),
            readable=readable_pages(NewsPage),
            documents=news_documents,
            follows={NewsPage: first_of_group},
        )
    )
    registration.opt_out(NewsListPage, reason="It leads to the news, which are found themselves.")
    navigation.register("news", _("News"), "wagtail_serve", order=70, args=("news/",))
