"""The whole guide as one file for reading offline."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from library.guides import epub
from library.models import GuidePage
from platform_site.pages.access import readable_page


@require_safe
def guide_epub(request: HttpRequest, guide: str) -> HttpResponse:
    """Send the guide with the slug `guide` as EPUB. Raises Http404, also where the site cannot write such files."""
    if not epub.is_available():
        raise Http404
    page = readable_page(request, GuidePage, f"guides/{guide}/")
    response = HttpResponse(epub.as_epub(page, page.shown_page(request), request), content_type="application/epub+zip")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.epub"'
    # What is taken off the site is gone at once, and documents and figures are those of this reader.
    response["Cache-Control"] = "no-store, private" if request.user.is_authenticated else "private, no-cache"
    return response
