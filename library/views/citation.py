"""The citation of one document as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.citations import CitedPlace, as_sentences
from library.models import FileSection, LibraryDocument
from library.views.document_list import CITATIONS, page_addresses
from platform_site.records.access import get_readable
from platform_site.safety.withdrawn import answers_withdrawn

# Ending of the file to its type and writer.
FORMATS: dict[str, tuple[str, Any]] = {
    **{ending: (media_type, write) for ending, (_label, media_type, write) in CITATIONS.items()},
    "txt": ("text/plain; charset=utf-8", as_sentences),
}


@require_safe
@answers_withdrawn((gettext_lazy("All documents"), "library:document_list"))
def document_citation(request: HttpRequest, slug: str, ending: str) -> HttpResponseBase:
    """Send the citation as RIS (`ris`), BibTeX (`bib`) or a sentence (`txt`).

    `?file=` and `?section=` name a file by its key and the anchor of a page or section of its text: that is cited then.
    Raises Http404, also for a section that is not there.
    """
    document = get_readable(LibraryDocument.objects.with_files(), request.user, slug=slug)
    section, place = request.GET.get("section", "").replace("\x00", ""), None
    if section:
        place = cited_place(request, document, request.GET.get("file", ""), section)
    media_type, write = FORMATS[ending]
    content = write([document], page_addresses(request, [document]), place)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{document.slug}.{ending}"'
    return response


def cited_place(request: HttpRequest, document: LibraryDocument, key: str, anchor: str) -> CitedPlace:
    """Return a page or section of the text of the file `key` as citations name it. Raises Http404."""
    row = next((row for row in document.files.all() if row.key == key), None)
    section = FileSection.objects.filter(stored=row.stored, anchor=anchor).first() if row else None
    if row is None or section is None:
        raise Http404
    path = reverse("library:document_read_at", args=[document.slug, row.key, section.anchor])
    return CitedPlace(section_label(section), request.build_absolute_uri(path))


def section_label(section: FileSection) -> str:
    """Return what a page or section is called: its heading in quotation marks, or its page; "" without either."""
    if section.heading:
        return _("“%(heading)s”") % {"heading": section.heading}
    return _("p. %(page)s") % {"page": section.page} if section.page is not None else ""
