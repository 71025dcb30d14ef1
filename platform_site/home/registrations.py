"""What the home app registers with the lower layers when it is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Register pages with the search, the footer and the practices."""
    from platform_site.home.menu import page_links
    from platform_site.home.models import HomePage, PlainPage
    from platform_site.home.search_documents import plain_page_documents
    from platform_site.home.selectors import overview_of_category, page_about_records
    from platform_site.pages.search_documents import first_of_group, page_pks, readable_pages
    from platform_site.ui import navigation
    from practices.registration import register_overviews, register_pages
    from search import registration

    registration.register(
        registration.Source(
            record_type="page",
            model=PlainPage,
            label=_("Pages"),
            names=("title",),
            texts=("intro", "body_text"),
            published=page_pks(PlainPage),
            readable=readable_pages(PlainPage),
            documents=plain_page_documents,
            follows={PlainPage: first_of_group},
        )
    )
    registration.opt_out(HomePage, reason="It has a headline and computed lists, no text of its own to find.")
    navigation.register_source("pages", page_links)
    register_overviews(overview_of_category)
    register_pages(page_about_records)
