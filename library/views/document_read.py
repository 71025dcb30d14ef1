"""The reading view: the text of a file page by page, with anchors, hits and the file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.citations import as_text
from library.hits import MOST_MARKS, Found, find, marked_sections, words_in
from library.instruments import FIRST
from library.models import DocumentFile, FileSection, LibraryDocument
from library.reading import headings_of, lines_of
from library.views.citation import cited_place, section_label
from library.views.document_file import DOOR, readable_file
from library.wording import file_line, file_lines
from platform_site.listing.presentation import PageCell
from platform_site.safety.withdrawn import answers_withdrawn
from platform_site.texts.languages import other_language

# Headings of this page that its contents name; a page of the reading view has few more.
MOST_CONTENTS = 40


@require_safe
@answers_withdrawn(DOOR)
def document_read(request: HttpRequest, slug: str, key: str, part: int = 1) -> HttpResponseBase:
    """Show page `part` of a file's text; with `at=first` lead to the first place that has the words.

    Raises Http404 for a file without text and for pages that are not there.
    """
    document, row = readable_file(request.user, slug, key)
    if not 1 <= part <= row.stored.parts:
        raise Http404
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:100]
    terms = words_in(query)
    found = find(row.stored, terms) if terms else Found()
    address = _Address(document, row, query if terms else "")
    if request.GET.get("at") == FIRST and found.total:
        return HttpResponseRedirect(f"{address.of(min(found.by_part))}#hit-1")
    before = found.before_part(part)
    sections = list(FileSection.objects.filter(stored=row.stored, part=part).order_by("number"))
    context: dict[str, Any] = {
        "document": document,
        "title": document.title,
        "title_language": other_language(document.title_language),
        "file": file_line(document, row),
        "others": [line for line in file_lines(document) if line.key != row.key],
        "stored": row.stored,
        "text_language": row.language,
        "part": part,
        "sections": [
            {
                "section": section,
                "lines": [line for paragraph in paragraphs for line in lines_of(paragraph)],
                "is_cut": not section.heading and section.page is None,
            }
            for section, paragraphs in marked_sections(sections, found, before)
        ],
        "contents": [section for section in sections if section.heading or section.page is not None][:MOST_CONTENTS],
        "headings": [(heading, address.of(heading.part)) for heading in headings_of(row.stored)]
        if row.stored.parts > 1
        else [],
        **citing(request, document, row, sections),
        "query": query,
        "has_searched": bool(terms),
        "found": found,
        "hits": hits(found, part, address),
        "page": {
            "number": part,
            "count": row.stored.parts,
            "previous_href": address.of(part - 1) if part > 1 else "",
            "next_href": address.of(part + 1) if part < row.stored.parts else "",
            "cells": cells(part, row.stored.parts, address),
        },
        "breadcrumbs": [
            (_("Library"), reverse("library:document_list")),
            (document.title, document.get_absolute_url()),
            (_("Text"), None),
        ],
        "content_languages": document.content_languages | {row.language},
    }
    return render(request, "library/document_read.html", context)


@require_safe
@answers_withdrawn(DOOR)
def document_read_at(request: HttpRequest, slug: str, key: str, anchor: str) -> HttpResponseBase:
    """Lead to the page of the reading view that has the anchor: the stable address of a section. Raises Http404."""
    document, row = readable_file(request.user, slug, key)
    section = FileSection.objects.filter(stored=row.stored, anchor=anchor).only("part").first()
    if section is None:
        raise Http404
    address = _Address(document, row, request.GET.get("q", "").replace("\x00", " ")[:100])
    return HttpResponseRedirect(f"{address.of(section.part)}#{anchor}")


def citing(
    request: HttpRequest, document: LibraryDocument, row: DocumentFile, sections: Sequence[FileSection]
) -> dict[str, Any]:
    """Return how this page of the text is cited, and its pages and sections that can be cited each by its anchor."""
    named = [(section.anchor, label) for section in sections if (label := section_label(section))]
    page = request.build_absolute_uri(document.get_absolute_url())
    first = cited_place(request, document, row.key, named[0][0]) if named else None
    path = reverse("library:document_citation", args=[document.slug, "txt"]).removesuffix("txt")
    return {
        "citation": as_text(document, page, first),
        "cite_sections": named[:MOST_CONTENTS],
        "cite_paths": [(_("Text"), f"{path}txt"), ("RIS", f"{path}ris"), ("BibTeX", f"{path}bib")],
    }


class _Address:
    """The addresses of the pages of one text, the words that are looked for kept."""

    def __init__(self, document: LibraryDocument, row: DocumentFile, query: str) -> None:
        self.arguments = [document.slug, row.key]
        self.query = f"?{urlencode({'q': query})}" if query else ""

    def of(self, part: int) -> str:
        """Return the address of a page."""
        name, arguments = "library:document_read", list(self.arguments)
        if part > 1:
            name, arguments = "library:document_read_part", [*self.arguments, str(part)]
        return reverse(name, args=arguments) + self.query


def hits(found: Found, part: int, address: _Address) -> dict[str, Any]:
    """Return what the page says of hits: their number, those on this page, where the earlier and later ones are."""
    before, here = found.before_part(part), found.by_part.get(part, 0)
    earlier = max((number for number in found.by_part if number < part), default=None)
    later = min((number for number in found.by_part if number > part), default=None)
    return {
        "total": found.total,
        "first": before + 1 if here else 0,
        "last": before + here,
        "here": here,
        "marked_last": before + min(here, MOST_MARKS),
        "next_href": f"{address.of(later)}#hit-{before + here + 1}" if later is not None else "",
        "previous_href": f"{address.of(earlier)}#hit-{found.before_part(earlier) + 1}" if earlier is not None else "",
    }


def cells(part: int, count: int, address: _Address) -> list[PageCell]:
    """Return the cells of the page navigation: the first, the last and those around."""
    near = sorted({1, count, *range(max(1, part - 2), min(count, part + 2) + 1)})
    found: list[PageCell] = []
    before = 0
    for number in near:
        if number > before + 1:
            found.append(PageCell(is_gap=True))
        found.append(PageCell(number, address.of(number), number == part))
        before = number
    return found
