"""Serving pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve


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
    found = Page.objects.filter(url_path=home + path).only("content_type").first()
    if found is None or found.specific_class is None:
        return None
    page: Page | None = found.specific_class.objects.select_related("locale", "alias_of").filter(pk=found.pk).first()
    return page
