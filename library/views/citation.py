"""The citation of one document as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.models import LibraryDocument
from library.views.document_list import CITATIONS, page_addresses
from platform_site.records.access import get_readable
from platform_site.safety.withdrawn import answers_withdrawn


@require_safe
@answers_withdrawn((gettext_lazy("All documents"), "library:document_list"))
def document_citation(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    """Send the citation as RIS (`ris`) or BibTeX (`bib`). Raises Http404."""
    document = get_readable(LibraryDocument.objects.with_files(), request.user, slug=slug)
    _label, media_type, write = CITATIONS[ending]
    response = HttpResponse(write([document], page_addresses(request, [document])), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{document.slug}.{ending}"'
    return response
