"""The citation of a guide, of a chapter or of a section as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from library.guides.citation import FORMATS, citation_of
from library.guides.reading import address_of
from library.models import ChapterPage, GuidePage
from platform_site.pages.access import readable_page


@require_safe
def guide_citation(request: HttpRequest, guide: str, ending: str, chapter: str = "") -> HttpResponse:
    """Send the citation in the format of `ending`; `?section=` names the anchor of a section of the chapter.

    Raises Http404, also for a section that the chapter does not have.
    """
    page = readable_page(request, GuidePage, f"guides/{guide}/")
    shown, below = page.shown_page(request), None
    if chapter:
        page = readable_page(request, ChapterPage, f"guides/{guide}/{chapter}/")
        below = page.shown_page(request)
    media_type, write = FORMATS[ending]
    section = request.GET.get("section", "") if chapter else ""
    try:
        citation = citation_of(shown, below, address_of(request, page), section)
    except KeyError as error:
        raise Http404 from error
    response = HttpResponse(write(citation), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.{ending}"'
    return response
