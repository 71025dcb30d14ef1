"""Serving pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve

from platform_site.home.models import HomePage, PlainPage


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path` in the active language, as Wagtail does with its hooks.

    The page is found at once by its whole address, where Wagtail asks for site, language, home page and each level of
    the tree. Raises Http404.
    """
    page = page_at(path)
    if page is None:
        raise Http404
    # Where Wagtail keeps what it found, so that it does not search again.
    request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    response: HttpResponse = serve(request, path)
    return response


def page_at(path: str) -> Page | None:
    """Return the page at `path` (without the language, with its last slash) in the active language, drafts too."""
    home = next((root.root_path for root in Site.get_site_root_paths() if root.language_code == get_language()), None)
    if home is None:
        return None
    # Most pages are of these two types: asked for directly they cost one query.
    likely: Any = PlainPage if path else HomePage
    page: Page | None = likely.objects.select_related("locale", "alias_of").filter(url_path=home + path).first()
    if page is None:
        other = Page.objects.select_related("locale").filter(url_path=home + path).first()
        page = other.specific if other is not None else None
    return page
