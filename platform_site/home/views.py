"""Serving pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve

from library.models import ChapterPage, GuideListPage, GuidePage
from newsletters.models import NewsListPage, NewsPage
from platform_site.home.models import HomePage, PlainPage
from platform_site.pages.access import accepted


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` in the active language, as Wagtail does with its hooks.

    The page is found at once by its whole address, where Wagtail asks for site, language, home page and each level of
    the tree. Raises Http404, also for a page that is not for the asker: Wagtail would lead to the sign-in, and so say
    that there is one.
    """
    page = page_at(path)
    if page is None or not accepted(request, page):
        raise Http404
    # Where Wagtail keeps what it found, so that it does not search again.
    request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response


def serve_version(request: HttpRequest, path: str, day: str) -> HttpResponse:
    """Serve the page at `path` as it was adopted on `day`. Raises Http404, also for a page that has no versions."""
    if not isinstance(page_at(path), PlainPage):
        raise Http404
    request.earlier_version = day  # type: ignore[attr-defined]  # read by the page
    return serve_page(request, path)


def page_at(path: str) -> Page | None:
    """Return the page at `path` (without the language, with its last slash) in the active language, drafts too."""
    home = next((root.root_path for root in Site.get_site_root_paths() if root.language_code == get_language()), None)
    if home is None:
        return None
    # Asked for directly, a page of the likely type costs one query.
    page: Page | None = (
        likely_type(path).objects.select_related("locale", "alias_of").filter(url_path=home + path).first()
    )
    if page is None:
        other = Page.objects.select_related("locale").filter(url_path=home + path).first()
        page = other.specific if other is not None else None
    return page


# Section and number of slugs to what stands there.
IN_SECTIONS: dict[tuple[str, int], Any] = {
    ("guides", 1): GuideListPage,
    ("guides", 2): GuidePage,
    ("guides", 3): ChapterPage,
    ("news", 1): NewsListPage,
    ("news", 2): NewsPage,
}


def likely_type(path: str) -> Any:
    """Return the page type that most likely stands at `path`."""
    slugs = path.strip("/").split("/")
    return IN_SECTIONS.get((slugs[0], len(slugs)), PlainPage if path else HomePage)
